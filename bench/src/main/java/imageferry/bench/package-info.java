/** Command that copies with our engine and with common tools, and compares their times. */
@NullMarked
package imageferry.bench;

import org.jspecify.annotations.NullMarked;
