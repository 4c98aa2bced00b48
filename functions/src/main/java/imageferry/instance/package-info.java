/**
 * Instances: records of machines that boot from an image, in the image's own region.
 */
@NullMarked
package imageferry.instance;

import org.jspecify.annotations.NullMarked;
