/**
 * The bytes behind an image: parts, checksums, and the store that holds one object per snapshot in each region.
 */
@NullMarked
package imageferry.snapshot;

import org.jspecify.annotations.NullMarked;
