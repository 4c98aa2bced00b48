/** Serves the simulated S3 over S3's HTTP protocol on a loopback port. */
@NullMarked
package imageferry.bench.server;

import org.jspecify.annotations.NullMarked;
