/** The program behind {@code ./stacks prove}. */
@NullMarked
package imageferry.local.prove;

import org.jspecify.annotations.NullMarked;
