/**
 * Runs the handlers of functions.zip as the Java runtime of Lambda would: from the zip alone, each function with its own
 * environment and role, bytes in and bytes out through the handlers' own serialisation, with a hard stop at the timeout.
 */
@NullMarked
package imageferry.local.lambda;

import org.jspecify.annotations.NullMarked;
