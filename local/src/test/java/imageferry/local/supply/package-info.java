/** The content of the deployed zip, and its licences. */
@NullMarked
package imageferry.local.supply;

import org.jspecify.annotations.NullMarked;
