package imageferry.bench.timing;

/**
 * Probabilities, 0–1, that an admitted copying request fails.
 *
 * @param internalError the request ends half way with 500 InternalError
 * @param errorInOk the request takes its full time, and answers 200 with an error as its body
 */
public record FaultRates(double internalError, double errorInOk) {
    public static final FaultRates NONE = new FaultRates(0, 0);

    enum Fault {
        NONE,
        INTERNAL_ERROR,
        ERROR_IN_OK
    }

    /** @param chance a random number, 0–1 */
    Fault fault(double chance) {
        if (chance < internalError) {
            return Fault.INTERNAL_ERROR;
        }
        return chance < internalError + errorInOk ? Fault.ERROR_IN_OK : Fault.NONE;
    }
}
