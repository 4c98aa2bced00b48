/**
 * The shapes that callers see, one record each, built from the domain's records. Renaming a component changes the
 * contract.
 */
@NullMarked
package imageferry.function.view;

import org.jspecify.annotations.NullMarked;
