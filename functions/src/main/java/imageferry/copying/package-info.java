/**
 * The durable copy job: requesting, queueing, moving bytes, proving, completing, cancelling, settling and sweeping.
 */
@NullMarked
package imageferry.copying;

import org.jspecify.annotations.NullMarked;
