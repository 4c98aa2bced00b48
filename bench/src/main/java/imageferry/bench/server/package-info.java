/** The simulated S3 on a loopback port, in S3's own protocol. */
@NullMarked
package imageferry.bench.server;

import org.jspecify.annotations.NullMarked;
