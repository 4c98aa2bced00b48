/**
 * Tickets: the operator's approval that a very large copy waits for.
 */
@NullMarked
package imageferry.ticket;

import org.jspecify.annotations.NullMarked;
