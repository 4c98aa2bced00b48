/** State of a simulated S3: objects without bytes, uploads, and statistics of all requests. */
@NullMarked
package imageferry.bench.store;

import org.jspecify.annotations.NullMarked;
