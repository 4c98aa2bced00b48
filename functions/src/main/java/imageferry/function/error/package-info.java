/**
 * The exceptions that the state machine knows by class name. They are public contract: renaming one changes the machine.
 */
@NullMarked
package imageferry.function.error;

import org.jspecify.annotations.NullMarked;
