package imageferry.copying;

/**
 * The limits of a stack. They are configuration, never stored with a record.
 *
 * @param approvalAboveBytes a larger copy needs the operator's approval; one of exactly this size in bytes does not
 * @param imagesPerRegion how many images an account may have in one region
 * @param copiesPerRegion how many copies into one region an account may have under way, waiting ones included
 * @param sharesPerImage with how many accounts an image may be shared
 */
public record Limits(long approvalAboveBytes, long imagesPerRegion, long copiesPerRegion, long sharesPerImage) {}
