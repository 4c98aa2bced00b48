/**
 * The shapes that callers see, one record each, and how each is made from what the domain knows. Renaming a component changes the contract.
 */
@NullMarked
package imageferry.function.view;

import org.jspecify.annotations.NullMarked;
