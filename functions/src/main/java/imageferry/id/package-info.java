/**
 * The names of things: one record per kind of id, so that no bare text wanders through the code.
 */
@NullMarked
package imageferry.id;

import org.jspecify.annotations.NullMarked;
