/** Tools that copy: our engine and its peers, with their defaults or tuned to our width. */
@NullMarked
package imageferry.bench.tool;

import org.jspecify.annotations.NullMarked;
