/**
 * Publication of changes: the events for subscribers, and the port to the bus.
 */
@NullMarked
package imageferry.publishing;

import org.jspecify.annotations.NullMarked;
