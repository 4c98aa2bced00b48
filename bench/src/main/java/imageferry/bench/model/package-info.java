/** What can be known without measuring: the bound that physics sets, prices, and peers as their documents describe them. */
@NullMarked
package imageferry.bench.model;

import org.jspecify.annotations.NullMarked;
