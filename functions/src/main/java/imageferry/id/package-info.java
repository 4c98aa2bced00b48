/**
 * The names of things: one record per kind of id, so that ids are never passed as plain text.
 */
@NullMarked
package imageferry.id;

import org.jspecify.annotations.NullMarked;
