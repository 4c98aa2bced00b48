/**
 * Operations on buckets that need the operator's decision. Each one shows what it would do, and does it only when the operator
 * confirms the number of objects.
 */
@NullMarked
package imageferry.bucket;

import org.jspecify.annotations.NullMarked;
