/**
 * What triggers functions beside the API and the workflow: table streams and bucket events, reduced to the fields we read.
 */
@NullMarked
package imageferry.function.event;

import org.jspecify.annotations.NullMarked;
