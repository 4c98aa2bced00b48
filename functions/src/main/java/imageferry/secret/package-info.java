/**
 * Secrets that the stack makes for itself. They leave it in no answer, no event and no log.
 */
@NullMarked
package imageferry.secret;

import org.jspecify.annotations.NullMarked;
