/**
 * A broken rule as a value: a code, the field and value at fault, and a sentence that says how to fix it. Never an exception.
 */
@NullMarked
package imageferry.rule;

import org.jspecify.annotations.NullMarked;
