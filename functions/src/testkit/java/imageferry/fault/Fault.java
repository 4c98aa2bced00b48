package imageferry.fault;

import java.util.function.Function;

/**
 * What goes wrong at a call.
 *
 * @param moment whether the call happened all the same
 * @param thrown what the caller gets instead of an answer
 */
public record Fault(Moment moment, Function<Call, Throwable> thrown) {
    /** When it goes wrong. */
    public enum Moment {
        /** Nothing happened yet. */
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

    /** The process dies: this call and all that would follow end in a {@link Crash}, until {@link Calls#restart}. */
    public static Fault crash(Moment moment) {
        return new Fault(moment, call -> new Crash("Crash " + moment + " " + call));
    }
}
