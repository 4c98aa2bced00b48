/** What tests of more than one package need. */
@NullMarked
package imageferry.local;

import org.jspecify.annotations.NullMarked;
