/**
 * HTTP servers of local mode that no client can exhaust: what a client may send, hold and delay has a bound, and beyond it
 * there is an answer.
 */
@NullMarked
package imageferry.local.http;

import org.jspecify.annotations.NullMarked;
