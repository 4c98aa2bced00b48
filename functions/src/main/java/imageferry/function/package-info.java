/**
 * Handlers, one per Lambda function, and the one composition root that wires them.
 */
@NullMarked
package imageferry.function;

import org.jspecify.annotations.NullMarked;
