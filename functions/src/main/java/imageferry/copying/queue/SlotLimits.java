package imageferry.copying.queue;

/**
 * Rule 6: the limits of copies that move bytes into one region at once.
 *
 * @param perRegion of all accounts together
 * @param perAccount of one account while another account waits
 */
public record SlotLimits(long perRegion, long perAccount) {
    /** Limits that let one account have all slots of a region. */
    public static SlotLimits of(long perRegion) {
        return new SlotLimits(perRegion, perRegion);
    }
}
