package imageferry.simulation;

import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Everything that determines a history.
 *
 * @param spared the faults that are left out although their turn has come, by their names in the trace
 */
record Plan(long seed, HistorySettings setting, List<Action> acts, Set<String> spared, Defects defects) {
    static Plan of(long seed) {
        var setting = HistorySettings.of(seed);
        return new Plan(seed, setting, Action.of(seed, setting), Set.of(), Defects.NONE);
    }

    /** The same faults, with two slots in a region and many imports of three accounts at once, so that queues are long. */
    Plan crowded() {
        var crowd = acts.stream()
                .flatMap(act -> IntStream.range(0, 6).mapToObj(i -> crowd(act, i)))
                .toList();
        return new Plan(seed, setting.crowded(), crowd, spared, defects);
    }

    private static Action crowd(Action act, int i) {
        var kind = i == 0 && act.kind() == Action.Kind.CANCEL ? act.kind() : Action.Kind.IMPORT;
        return new Action(6 * act.number() + i, act.at() + 20_000L * i, kind);
    }

    /** The end of the planned actions, in microseconds since the beginning. */
    long lastsUntil() {
        var acted = acts.stream().mapToLong(Action::at).max().orElse(0);
        return setting.outages().stream().mapToLong(Outage::to).reduce(acted, Math::max);
    }

    Plan with(Defects planted) {
        return new Plan(seed, setting, acts, spared, planted);
    }

    Plan with(List<Action> fewer) {
        return new Plan(seed, setting, fewer, spared, defects);
    }

    Plan sparing(Set<String> troubles) {
        return new Plan(seed, setting, acts, troubles, defects);
    }
}
