/** Timing of a simulated S3: rates, overheads, limits and faults, on a real or a virtual clock. */
@NullMarked
package imageferry.bench.timing;

import org.jspecify.annotations.NullMarked;
