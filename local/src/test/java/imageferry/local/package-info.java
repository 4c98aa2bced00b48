/** Helpers for tests of more than one package. */
@NullMarked
package imageferry.local;

import org.jspecify.annotations.NullMarked;
