/** What a simulated S3 holds: objects that are only described, uploads, and an account of every request. */
@NullMarked
package imageferry.bench.store;

import org.jspecify.annotations.NullMarked;
