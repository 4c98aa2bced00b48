/**
 * The durable copy job: its record, its states and its words. The packages below do the work and use this one; this one
 * uses none of them.
 */
@NullMarked
package imageferry.copying;

import org.jspecify.annotations.NullMarked;
