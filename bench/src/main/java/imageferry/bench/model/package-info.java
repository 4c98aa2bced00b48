/** Calculations without measuring: the bound of the copy time, list prices, and models of the peers. */
@NullMarked
package imageferry.bench.model;

import org.jspecify.annotations.NullMarked;
