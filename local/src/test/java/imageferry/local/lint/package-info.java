/**
 * The files that deploy, before the linters of the field.
 */
@NullMarked
package imageferry.local.lint;

import org.jspecify.annotations.NullMarked;
