/**
 * Instances: records that something boots from an image, in the image's own region.
 */
@NullMarked
package imageferry.instance;

import org.jspecify.annotations.NullMarked;
