/**
 * What a state machine says: the part of the Amazon States Language in JSONata that the shipped machine uses, as sealed
 * records. Reading is strict: whatever the runner could not honour is refused by name, all findings at once, so that a
 * definition that loads here means the same there.
 */
@NullMarked
package imageferry.local.machine.definition;

import org.jspecify.annotations.NullMarked;
