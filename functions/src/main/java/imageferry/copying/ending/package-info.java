/** Ends copies: creates the image or gives everything back, wakes waiting executions, and sweeps up what was left over. */
@NullMarked
package imageferry.copying.ending;

import org.jspecify.annotations.NullMarked;
