/**
 * The part of the Amazon States Language, with JSONata, that the shipped machine uses, as sealed records. Reading is
 * strict: every field that the runner does not know is refused by name, all findings at once, so that a definition
 * that loads here means the same on AWS.
 */
@NullMarked
package imageferry.local.machine.definition;

import org.jspecify.annotations.NullMarked;
