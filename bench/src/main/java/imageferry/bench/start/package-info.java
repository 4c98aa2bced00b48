/** Starts the real functions.zip in fresh JVMs, as Lambda's runtime does, and says where the time of a first call goes. */
@NullMarked
package imageferry.bench.start;

import org.jspecify.annotations.NullMarked;
