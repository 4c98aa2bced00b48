/**
 * Puts the parts together: stores, services, functions, streams, schedules and the API make one cloud in this JVM, all of
 * it read from the files that deploy.
 */
@NullMarked
package imageferry.local.cloud;

import org.jspecify.annotations.NullMarked;
