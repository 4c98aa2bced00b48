/** The tools that copy: ours and those that people use, each with its defaults and tuned to our width. */
@NullMarked
package imageferry.bench.tool;

import org.jspecify.annotations.NullMarked;
