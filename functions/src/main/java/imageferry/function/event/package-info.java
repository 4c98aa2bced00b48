/**
 * Triggers of functions beside the API and the workflow: table streams and bucket events, reduced to the fields that are read.
 */
@NullMarked
package imageferry.function.event;

import org.jspecify.annotations.NullMarked;
