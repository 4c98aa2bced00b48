/**
 * Runs the handlers of functions.zip as the Java runtime of Lambda would. They load from the zip alone, each with its own
 * environment and role, exchange bytes through their own serialisation, and stop at the timeout.
 */
@NullMarked
package imageferry.local.lambda;

import org.jspecify.annotations.NullMarked;
