package imageferry.local.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import imageferry.ledger.Commit;
import imageferry.ledger.InMemoryLedger;
import imageferry.ledger.Ledger;
import imageferry.ledger.Query;
import imageferry.ledger.RandomSteps;
import java.util.function.Function;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random steps, applied to the test double and to DynamoDB, have the same answers and the same items. */
@Tag("slow")
final class SameAsInMemoryTest {
    private final InMemoryLedger inMemory = new InMemoryLedger();
    private final Ledger real = LocalTable.empty().ledger();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void random_steps_have_equal_results(long seed) {
        var steps = new RandomSteps(seed);
        var done = 0;
        for (var number = 1; number <= 120; number++) {
            var writes = steps.writes();
            var what = "seed " + seed + ", step " + number + ": " + writes;

            var answer = outcome(real, ledger -> ledger.commit(writes));
            done += answer instanceof Commit.Done ? 1 : 0;
            assertThat(answer).as(what).isEqualTo(outcome(inMemory, ledger -> ledger.commit(writes)));

            var query = steps.query();
            assertThat(outcome(real, ledger -> ledger.query(query)))
                    .as("after %s, %s", what, query)
                    .isEqualTo(outcome(inMemory, ledger -> ledger.query(query)));
        }
        assertThat(done).as("steps that changed something, or were checks").isBetween(30, 90);
        assertThat(real.read(steps.keys())).isEqualTo(inMemory.read(steps.keys()));
        assertPagesAlike(steps);
    }

    private void assertPagesAlike(RandomSteps steps) {
        for (var query : steps.lists()) {
            Query.Position after = null;
            do {
                var page = real.query(query.after(after));
                assertThat(page).isEqualTo(inMemory.query(query.after(after)));
                after = page.next();
            } while (after != null);
        }
    }

    /** The answer, or the kind of refusal: sentences may differ. */
    private static <T> Object outcome(Ledger ledger, Function<Ledger, T> act) {
        try {
            return act.apply(ledger);
        } catch (IllegalStateException | IllegalArgumentException refused) {
            return refused.getClass();
        }
    }
}
