/** Runs: in real time at small sizes, together with the peers, and in virtual time at all sizes. */
@NullMarked
package imageferry.bench.run;

import org.jspecify.annotations.NullMarked;
