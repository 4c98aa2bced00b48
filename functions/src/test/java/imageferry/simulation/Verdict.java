package imageferry.simulation;

import imageferry.function.error.CopyCancelled;
import imageferry.function.error.CopyRejected;
import imageferry.function.error.SnapshotCorrupt;
import imageferry.function.error.TemporarilyUnavailable;
import imageferry.ledger.LedgerUnavailable;
import imageferry.snapshot.StoreUnavailable;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The first rule that a history broke. Consequences of a broken rule are ignored. */
final class Verdict {
    private static final Set<Class<?>> EXPECTED = Set.of(
            LedgerUnavailable.class,
            StoreUnavailable.class,
            StepFunctionsUnavailable.class,
            TemporarilyUnavailable.class,
            CopyCancelled.class,
            CopyRejected.class,
            SnapshotCorrupt.class);

    private @Nullable Broken broken;

    /** @param rule its text, the same whenever it is broken */
    record Broken(String rule, String how) {
        @Override
        public String toString() {
            return rule + ": " + how;
        }
    }

    Optional<Broken> broken() {
        return Optional.ofNullable(broken);
    }

    void breaks(String rule, Object how) {
        if (broken == null) {
            broken = new Broken(rule, how.toString());
        }
    }

    /** @param how called only if the rule is broken */
    void require(boolean holds, String rule, Supplier<?> how) {
        if (!holds && broken == null) {
            breaks(rule, how.get());
        }
    }

    /** An exception that is neither an answer nor an outage is a defect. */
    void check(String who, RuntimeException failure) {
        if (!EXPECTED.contains(failure.getClass())) {
            var stack = new StringWriter();
            failure.printStackTrace(new PrintWriter(stack));
            breaks("Nobody throws but for an outage", who + " threw " + stack);
        }
    }
}
