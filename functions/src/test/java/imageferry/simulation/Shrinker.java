package imageferry.simulation;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Removes everything from a broken history that is not necessary to break the same rule. */
final class Shrinker {
    private final String rule;

    private Shrinker(String rule) {
        this.rule = rule;
    }

    /** A plan that breaks the same rule, and of which nothing more can be removed. */
    static Plan shrink(Plan plan, String rule) {
        return new Shrinker(rule).shrink(plan);
    }

    private Plan shrink(Plan plan) {
        var smallest = plan;
        Plan before;
        do {
            before = smallest;
            smallest = withoutTroubles(withoutActs(smallest));
        } while (!smallest.equals(before));
        return smallest;
    }

    private boolean breaks(Plan plan) {
        return History.run(plan, false)
                .broken()
                .filter(broken -> broken.rule().equals(rule))
                .isPresent();
    }

    private Plan withoutActs(Plan plan) {
        var smallest = plan;
        for (var act : List.copyOf(plan.acts()).reversed()) {
            var fewer = new ArrayList<>(smallest.acts());
            fewer.remove(act);
            if (breaks(smallest.with(fewer))) {
                smallest = smallest.with(fewer);
            }
        }
        return smallest;
    }

    private Plan withoutTroubles(Plan plan) {
        var smallest = plan;
        var tried = new HashSet<String>(plan.spared());
        for (var next = next(smallest, tried); !next.isEmpty(); next = next(smallest, tried)) {
            tried.add(next);
            var spared = new HashSet<>(smallest.spared());
            spared.add(next);
            if (breaks(smallest.sparing(spared))) {
                smallest = smallest.sparing(spared);
            }
        }
        return smallest;
    }

    /** A fault that still happens and was not left out on trial yet; the latest first. */
    private static String next(Plan plan, Set<String> tried) {
        return History.run(plan, false).troubles().reversed().stream()
                .filter(trouble -> !tried.contains(trouble))
                .findFirst()
                .orElse("");
    }
}
