package imageferry.simulation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

/** Decides on faults, and records them. */
final class FaultInjector {
    private static final List<OutsideFault> OF_CALLS = List.of(
            OutsideFault.UNAVAILABLE,
            OutsideFault.LOST_REPLY,
            OutsideFault.LATE,
            OutsideFault.CRASH_BEFORE,
            OutsideFault.CRASH_AFTER);

    private final HistorySettings setting;
    private final Set<String> left;
    private final List<String> happened = new ArrayList<>();
    private final Map<OutsideFault, Integer> counts = new EnumMap<>(OutsideFault.class);
    private final double ofCalls;
    private boolean calm;

    /** @param left the locations without faults, in the form of {@link #happened} */
    FaultInjector(HistorySettings setting, Set<String> left) {
        this.setting = setting;
        this.left = left;
        this.ofCalls = OF_CALLS.stream().mapToDouble(setting::rate).sum();
    }

    /** Stops all faults from now on. */
    void end() {
        calm = true;
    }

    boolean ended() {
        return calm;
    }

    /** Returns whether the port is out of service now. */
    boolean isOut(String what, long time) {
        return !calm
                && setting.outages().stream()
                        .anyMatch(outage -> outage.concerns(what, time) && noteOnce("OUTAGE of " + outage));
    }

    private boolean noteOnce(String where) {
        if (left.contains(where)) {
            return false;
        }
        if (!happened.contains(where)) {
            happened.add(where);
        }
        return true;
    }

    /** The fault of this call of a port. */
    Optional<OutsideFault> ofCall(Invocation caller, int call, String what) {
        var roll = caller.chance().nextDouble();
        if (calm || roll >= ofCalls) {
            return Optional.empty();
        }
        for (var trouble : OF_CALLS) {
            roll -= setting.rate(trouble);
            if (roll < 0) {
                return note(trouble, caller.name() + " call " + call + " " + what)
                        ? Optional.of(trouble)
                        : Optional.empty();
            }
        }
        return Optional.empty();
    }

    /** Returns whether that fault happens at this location. */
    boolean happens(OutsideFault trouble, String place, SplittableRandom chance) {
        return chance.nextDouble() < setting.rate(trouble) && !calm && note(trouble, place);
    }

    /** Records a fault that happened without a decision here, as a function whose time limit ended. */
    void noteTimeout(String place) {
        happened.add("TIMED_OUT " + place);
    }

    private boolean note(OutsideFault trouble, String place) {
        var where = trouble + " " + place;
        if (left.contains(where)) {
            return false;
        }
        happened.add(where);
        counts.merge(trouble, 1, Integer::sum);
        return true;
    }

    /** All faults, in order. Each line names one location of this history. */
    List<String> happened() {
        return Collections.unmodifiableList(happened);
    }

    boolean any() {
        return !happened.isEmpty();
    }

    int count(OutsideFault trouble) {
        return counts.getOrDefault(trouble, 0);
    }
}
