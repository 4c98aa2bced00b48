/**
 * Least privilege, from both sides. Too few: the code that each handler can reach is held against its role, and a running
 * cloud whose functions were refused anything fails its test. Too many: a right that no code can ask for, or that no test
 * of the build used, fails the build.
 */
@NullMarked
package imageferry.local.rights;

import org.jspecify.annotations.NullMarked;
