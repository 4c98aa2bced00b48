/**
 * Which installation a region's bucket belongs to. Nobody else deletes or writes snapshots there.
 */
@NullMarked
package imageferry.ownership;

import org.jspecify.annotations.NullMarked;
