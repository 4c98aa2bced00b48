/**
 * Client tokens: the same request sent twice gets the same answer, and another request under the same token is refused.
 */
@NullMarked
package imageferry.idempotency;

import org.jspecify.annotations.NullMarked;
