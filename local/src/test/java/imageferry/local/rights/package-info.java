/**
 * Least privilege, from both sides. Missing rights: the code that each handler can reach is compared with its role, and
 * a running cloud whose functions were refused anything fails its test. Superfluous rights: a right that no code can
 * need, or that no test of the build used, fails the build.
 */
@NullMarked
package imageferry.local.rights;

import org.jspecify.annotations.NullMarked;
