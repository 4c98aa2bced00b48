package imageferry.image;

import imageferry.id.ImageId;
import imageferry.region.Region;

/** The image that another one was copied from. */
public record Lineage(ImageId image, Region region) {}
