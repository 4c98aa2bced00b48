/** The runs: for real beside the peers at sizes that one can wait for, and in virtual time at all others. */
@NullMarked
package imageferry.bench.run;

import org.jspecify.annotations.NullMarked;
