/** The order in which copies get a region's slots, and the tickets that an operator decides. */
@NullMarked
package imageferry.copying.queue;

import org.jspecify.annotations.NullMarked;
