package imageferry.fault;

import imageferry.fault.Fault.Moment;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Runs a use case with a crash before its first call, after its first call, before its second …, each time in a fresh
 * world, until it comes to its end without one. After each crash the use case is run again, without faults, and the end
 * state is judged: it must be as if nothing had happened.
 *
 * <pre>{@code
 * EveryCrashPoint.check(
 *         CopyWorld::withOneImage,                        // fresh state; its ports wrapped by one Calls
 *         world -> world.createImage().run(world.copyId()), // the use case
 *         world -> assertThat(world.image().status()).isEqualTo(AVAILABLE));
 * }</pre>
 */
public final class EveryCrashPoint {
    private static final int AT_MOST = 2_000;

    private EveryCrashPoint() {}

    /**
     * Crashes the use case everywhere and runs it again after each crash.
     *
     * @return how many crashes there were: two for each call; a test may assert it to be sure that it tests something
     * @throws AssertionError that names the crash point after which the end state was wrong
     */
    public static <W extends World> int check(Supplier<W> fresh, Consumer<W> act, Consumer<W> assertAfterRerun) {
        return check(fresh, act, act, assertAfterRerun);
    }

    /** The same where something else than the use case itself (the sweeper, say) mends what a crash left behind. */
    public static <W extends World> int check(
            Supplier<W> fresh, Consumer<W> act, Consumer<W> recover, Consumer<W> assertAfterRecovery) {
        for (var number = 1; number <= AT_MOST; number++) {
            for (var moment : Moment.values()) {
                if (!survives(fresh.get(), number, moment, act, recover, assertAfterRecovery)) {
                    return 2 * (number - 1);
                }
            }
        }
        throw new AssertionError("The use case still makes calls after " + AT_MOST + "; does it ever end?");
    }

    /** Whether there was a crash at all; without one the use case is at its end, and its state is judged as it is. */
    private static <W extends World> boolean survives(
            W world, int number, Moment moment, Consumer<W> act, Consumer<W> recover, Consumer<W> judge) {
        world.calls().plan(Plan.at(number, Fault.crash(moment)));
        try {
            act.accept(world);
        } catch (Crash crash) {
            // The process is dead; what it left behind is the beginning of the next one.
        }
        var crash = world.calls().crashed();
        world.calls().restart();
        try {
            if (crash.isPresent()) {
                recover.accept(world);
            }
            judge.accept(world);
        } catch (RuntimeException | AssertionError wrong) {
            throw new AssertionError(crash.orElse("No crash") + ": " + wrong.getMessage(), wrong);
        }
        return crash.isPresent();
    }
}
