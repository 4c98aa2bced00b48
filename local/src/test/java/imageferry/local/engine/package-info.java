/** The copy engine on real S3 servers: the one in this JVM, and LocalStack where Docker is installed. */
@NullMarked
package imageferry.local.engine;

import org.jspecify.annotations.NullMarked;
