package imageferry.fault;

import java.util.function.Function;

/**
 * A fault of a call.
 *
 * @param moment whether the call happened
 * @param thrown the caller's exception instead of an answer
 */
public record Fault(Moment moment, Function<Call, Throwable> thrown) {
    /** The moment of a fault. */
    public enum Moment {
        /** The call did not happen. */
        BEFORE,
        /** The call did its work; only its answer is lost. */
        AFTER
    }

    public static Fault before(Function<Call, Throwable> thrown) {
        return new Fault(Moment.BEFORE, thrown);
    }

    public static Fault after(Function<Call, Throwable> thrown) {
        return new Fault(Moment.AFTER, thrown);
    }

    /** The process dies: this call and all later ones end in a {@link Crash}, until {@link Calls#restart}. */
    public static Fault crash(Moment moment) {
        return new Fault(moment, call -> new Crash("Crash " + moment + " " + call));
    }
}
