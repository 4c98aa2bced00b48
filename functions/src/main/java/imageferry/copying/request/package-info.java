/**
 * Requests for copies, imports and retries: the checks, refusals and writes when one is made, validated or cancelled.
 */
@NullMarked
package imageferry.copying.request;

import org.jspecify.annotations.NullMarked;
