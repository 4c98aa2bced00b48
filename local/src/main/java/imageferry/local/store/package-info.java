/**
 * The two stores of local mode, in this JVM: DynamoDB Local over SQLite for the table and S3Mock for the buckets. Each
 * is behind a front that does what AWS does and the store does not (who may ask, in which region, with which
 * checksums), and that makes what was acknowledged survive a killed process. They listen on 127.0.0.1 only.
 */
@NullMarked
package imageferry.local.store;

import org.jspecify.annotations.NullMarked;
