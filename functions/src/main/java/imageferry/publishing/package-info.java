/**
 * Telling others what happened: the events that go to the bus, and the port that takes them there.
 */
@NullMarked
package imageferry.publishing;

import org.jspecify.annotations.NullMarked;
