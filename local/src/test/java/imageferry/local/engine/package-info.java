/**
 * The copy engine on real S3 servers: the one of this JVM, and LocalStack where there is Docker.
 */
@NullMarked
package imageferry.local.engine;

import org.jspecify.annotations.NullMarked;
