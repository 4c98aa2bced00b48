/**
 * What is in the zip that deploys, and under which licences.
 */
@NullMarked
package imageferry.local.supply;

import org.jspecify.annotations.NullMarked;
