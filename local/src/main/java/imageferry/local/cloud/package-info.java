/**
 * Assembles one cloud in this JVM: stores, services, functions, streams, schedules and the API, read from the files that
 * deploy.
 */
@NullMarked
package imageferry.local.cloud;

import org.jspecify.annotations.NullMarked;
