package imageferry.bench.physics;

/**
 * How often a copying request fails that was let in, 0–1.
 *
 * @param internalError it ends half way with 500 InternalError
 * @param errorInOk it takes its whole time and begins with 200, and then an error is the body
 */
public record Mishaps(double internalError, double errorInOk) {
    public static final Mishaps NONE = new Mishaps(0, 0);

    enum Fate {
        GOOD,
        INTERNAL_ERROR,
        ERROR_IN_OK
    }

    /** @param chance 0–1 */
    Fate fate(double chance) {
        if (chance < internalError) {
            return Fate.INTERNAL_ERROR;
        }
        return chance < internalError + errorInOk ? Fate.ERROR_IN_OK : Fate.GOOD;
    }
}
