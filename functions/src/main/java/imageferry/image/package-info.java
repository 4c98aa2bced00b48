/**
 * Custom machine images: their ids, names, statuses and the conditional writes that move them from one status to the next.
 */
@NullMarked
package imageferry.image;

import org.jspecify.annotations.NullMarked;
