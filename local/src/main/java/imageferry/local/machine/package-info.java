/**
 * Runs the shipped state machine as Step Functions would: every execution on a virtual thread of its own, every step
 * written to its journal before the next is made, so that a killed process goes on where it was. Time, chance and the
 * functions are handed in.
 */
@NullMarked
package imageferry.local.machine;

import org.jspecify.annotations.NullMarked;
