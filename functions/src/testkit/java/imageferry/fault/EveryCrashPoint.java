package imageferry.fault;

import imageferry.fault.Fault.Moment;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Runs a use case with a crash before and after each of its calls, each time in a fresh world. After each crash the use
 * case is run again, without faults, and the end state is checked: it must be as if no crash had happened.
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
     * Crashes the use case at every call and runs it again after each crash.
     *
     * @return the number of crashes, two for each call; a test may assert it to be sure that it tests something
     * @throws AssertionError that names the crash point after which the end state was wrong
     */
    public static <W extends World> int check(Supplier<W> fresh, Consumer<W> act, Consumer<W> assertAfterRerun) {
        return check(fresh, act, act, assertAfterRerun);
    }

    /** The same, where something else repairs the state after a crash, for example the sweeper. */
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

    /**
     * Returns whether there was a crash at all. Without one the use case has ended, and its state is checked without a
     * repair.
     */
    private static <W extends World> boolean survives(
            W world, int number, Moment moment, Consumer<W> act, Consumer<W> recover, Consumer<W> assertion) {
        world.calls().plan(Plan.at(number, Fault.crash(moment)));
        try {
            act.accept(world);
        } catch (Crash crash) {
            // The process is dead. The next one starts with its state.
        }
        var crash = world.calls().crashed();
        world.calls().restart();
        try {
            if (crash.isPresent()) {
                recover.accept(world);
            }
            assertion.accept(world);
        } catch (RuntimeException | AssertionError wrong) {
            throw new AssertionError(crash.orElse("No crash") + ": " + wrong.getMessage(), wrong);
        }
        return crash.isPresent();
    }
}
