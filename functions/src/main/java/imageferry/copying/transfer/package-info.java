/** Moves a snapshot's bytes to the target region, part by part, and proves the result. */
@NullMarked
package imageferry.copying.transfer;

import org.jspecify.annotations.NullMarked;
