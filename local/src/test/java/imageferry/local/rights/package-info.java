/**
 * Least privilege, the second half: roles allow nothing that nobody uses. (That they allow all that is used is what every
 * other test of a running cloud shows, as the role's judge refuses the rest.)
 */
@NullMarked
package imageferry.local.rights;

import org.jspecify.annotations.NullMarked;
