package imageferry.simulation;

import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/** The layer between the use cases and their ports: each call takes time, lets others run meanwhile, and may fail. */
final class Wire {
    /** The only call that code under test makes while it holds a lock that parallel threads need. */
    static final String READ = "Ledger.read";

    static final String COPY_PART = "Store.copyPart";

    private static final long MILLISECOND = 1_000;

    private final VirtualThreads strands;
    private final FaultInjector troubles;
    private final HistorySettings setting;
    private final Trace trace;

    Wire(VirtualThreads strands, FaultInjector troubles, HistorySettings setting, Trace trace) {
        this.strands = strands;
        this.troubles = troubles;
        this.setting = setting;
        this.trace = trace;
    }

    /**
     * Calls a port.
     *
     * @param about the subject of the call, in a word or two
     * @param unavailable the exception of the port for a call with an unknown outcome
     */
    <T> T call(
            String what,
            Object about,
            Supplier<T> effect,
            BiFunction<String, Throwable, ? extends RuntimeException> unavailable) {
        var caller = strands.running();
        requireLife(caller);
        var number = caller.nextCall();
        if (!(what.equals(READ) && caller.isBeside())) {
            caller.goes();
            strands.sleep(delay(caller), caller.chance().nextLong());
            caller.comesBack();
        }
        if (strands.over() || caller.deadAt(strands.now())) {
            return arriveFromTheDead(caller, what, about, effect);
        }
        var trouble = (troubles.isOut(what, strands.now())
                        ? Optional.of(OutsideFault.UNAVAILABLE)
                        : troubles.ofCall(caller, number, what))
                .filter(one -> one.kills() || !what.equals(COPY_PART) || caller.bearsPushBack());
        if (trouble.isEmpty()) {
            return happen(caller.name(), what, about, effect);
        }
        switch (trouble.get()) {
            case CRASH_BEFORE -> caller.die();
            case CRASH_AFTER -> {
                caller.die();
                happen(caller.name(), what, about, effect);
            }
            case LOST_REPLY -> happen(caller.name(), what, about, effect);
            case LATE ->
                strands.after(
                        MILLISECOND * (1 + caller.chance().nextInt(20_000)),
                        caller.chance().nextLong(),
                        () -> happenUnheard(caller.name() + ", late", what, about, effect));
            default -> {}
        }
        trace.add(strands.now(), caller.name(), what, () -> TraceText.of(about) + " → " + trouble.get());
        requireLife(caller);
        throw unavailable.apply(trouble.get() + " " + what + " " + about, new IllegalStateException("simulated"));
    }

    private void requireLife(Invocation caller) {
        if (strands.over() || caller.deadAt(strands.now())) {
            throw new Crash(caller.name());
        }
    }

    /** The request was in progress when its caller died, so it may still arrive. */
    private <T> T arriveFromTheDead(Invocation caller, String what, Object about, Supplier<T> effect) {
        if (!strands.over() && caller.chance().nextBoolean()) {
            happenUnheard(caller.name() + ", dead", what, about, effect);
        }
        throw new Crash(caller.name());
    }

    private <T> void happenUnheard(String who, String what, Object about, Supplier<T> effect) {
        try {
            happen(who, what, about, effect);
        } catch (RuntimeException _) {
            // The caller is dead.
        }
    }

    private <T> T happen(String who, String what, Object about, Supplier<T> effect) {
        try {
            var result = effect.get();
            trace.add(strands.now(), who, what, () -> TraceText.of(about) + " → " + TraceText.of(result));
            return result;
        } catch (RuntimeException e) {
            trace.add(strands.now(), who, what, () -> TraceText.of(about) + " → " + e);
            throw e;
        }
    }

    /** Usually some milliseconds, sometimes seconds, during which many other events happen. */
    private long delay(Invocation caller) {
        var roll = caller.chance().nextDouble();
        var millis = troubles.ended() || roll >= setting.stalls()
                ? caller.chance().nextInt(12)
                : caller.chance().nextInt(8_000);
        return MILLISECOND * millis;
    }
}
