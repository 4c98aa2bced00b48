/** How a simulated S3 takes its time: rates, overheads, limits and mishaps, on a clock that is real or virtual. */
@NullMarked
package imageferry.bench.physics;

import org.jspecify.annotations.NullMarked;
