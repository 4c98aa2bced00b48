/** Starts functions.zip in fresh JVMs, as Lambda's runtime does, and measures the first call. */
@NullMarked
package imageferry.bench.start;

import org.jspecify.annotations.NullMarked;
