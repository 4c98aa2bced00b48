/** The command that copies with our engine and with the tools that people use, and says which is faster, and why. */
@NullMarked
package imageferry.bench;

import org.jspecify.annotations.NullMarked;
