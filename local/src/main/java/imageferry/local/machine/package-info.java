/**
 * Runs the shipped state machine as Step Functions would. Every execution has its own virtual thread and writes each
 * transition to its journal before the next, so that it survives a kill of the process. Time, randomness and the
 * functions are passed in.
 */
@NullMarked
package imageferry.local.machine;

import org.jspecify.annotations.NullMarked;
