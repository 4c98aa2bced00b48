/**
 * Removal of images: its rules, and the bytes, shares and records that go with an image. It knows the copies and the shares,
 * which do not know it.
 */
@NullMarked
package imageferry.removal;

import org.jspecify.annotations.NullMarked;
