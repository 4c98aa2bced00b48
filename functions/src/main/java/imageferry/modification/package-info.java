/**
 * Modification of images: the owner's name, labels, status and protection, and publication by the operator. It knows
 * the copies, which do not know it.
 */
@NullMarked
package imageferry.modification;

import org.jspecify.annotations.NullMarked;
