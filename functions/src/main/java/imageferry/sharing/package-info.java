/**
 * Shares: another account's right to see and use an image. A share grants use, never copy, re-share or change.
 */
@NullMarked
package imageferry.sharing;

import org.jspecify.annotations.NullMarked;
