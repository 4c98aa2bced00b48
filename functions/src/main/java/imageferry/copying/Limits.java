package imageferry.copying;

/**
 * The limits of a stack. They are configuration, never stored with a record.
 *
 * @param approvalAboveBytes the size in bytes above which a copy of an image needs the operator's approval (500 GiB by
 *     default); one of exactly this size does not
 * @param bytesPerMonth the number of bytes that the requests of an account in a month may move between regions without approval;
 *     0 for no limit
 * @param imagesPerRegion the maximum number of images that an account has in one region
 * @param copiesPerRegion the maximum number of unfinished copies of an account into one region, including waiting ones
 * @param sharesPerImage the maximum number of accounts that an image is shared with
 */
public record Limits(
        long approvalAboveBytes, long bytesPerMonth, long imagesPerRegion, long copiesPerRegion, long sharesPerImage) {
    /** Limits without one of bytes for a month. */
    public Limits(long approvalAboveBytes, long imagesPerRegion, long copiesPerRegion, long sharesPerImage) {
        this(approvalAboveBytes, 0, imagesPerRegion, copiesPerRegion, sharesPerImage);
    }
}
