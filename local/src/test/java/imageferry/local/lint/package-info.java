/** Checks the deployed files with the usual linters. */
@NullMarked
package imageferry.local.lint;

import org.jspecify.annotations.NullMarked;
