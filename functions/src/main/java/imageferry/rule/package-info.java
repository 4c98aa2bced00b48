/**
 * What a broken rule looks like: a code, the field and value at fault, and a sentence that says how to mend it. Never an exception.
 */
@NullMarked
package imageferry.rule;

import org.jspecify.annotations.NullMarked;
