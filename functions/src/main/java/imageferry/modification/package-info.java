/**
 * Modification of images: what their owners say of them, and the operator's offer of one to everybody. It knows the copies, which do not know it.
 */
@NullMarked
package imageferry.modification;

import org.jspecify.annotations.NullMarked;
