/**
 * HTTP servers of local mode that no client can exhaust. Size, number and time of requests have limits, and a request
 * beyond them gets an answer.
 */
@NullMarked
package imageferry.local.http;

import org.jspecify.annotations.NullMarked;
