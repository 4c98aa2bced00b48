package imageferry.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imageferry.ledger.Change;
import imageferry.ledger.Condition;
import imageferry.ledger.InMemoryLedger;
import imageferry.ledger.Item;
import imageferry.ledger.Key;
import imageferry.ledger.Ledger;
import imageferry.ledger.Write;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Also the example of how to test a use case at each of its crash points. */
final class EveryCrashPointTest {
    private static final Key QUOTA = new Key("QUOTA#111111111111#us-east-1", "IMAGES");
    private static final Key IMAGE = new Key("IMAGE#m-1", "IMAGE");
    private static final Write COUNT = Write.update(QUOTA, Condition.always(), Change.add("count", 1));
    private static final Write CREATE = Write.create(IMAGE, Item.empty().with("status", "Creating"));

    /** The state, and the port through which a use case reaches it. */
    private record Place(Calls calls, InMemoryLedger state, Ledger ledger) implements World {
        static Place fresh() {
            var calls = new Calls();
            var state = new InMemoryLedger();
            return new Place(calls, state, calls.around(Ledger.class, state));
        }
    }

    /** Makes two commits. A crash between them counts the image twice, because the first commit ignores the second. */
    private static void createCarelessly(Place place) {
        if (place.ledger().read(IMAGE).isEmpty()) {
            place.ledger().commit(List.of(COUNT));
            place.ledger().commit(List.of(CREATE));
        }
    }

    private static void create(Place place) {
        if (place.ledger().read(IMAGE).isEmpty()) {
            place.ledger().commit(List.of(COUNT, CREATE));
        }
    }

    private static void assertCountedOnce(Place place) {
        assertThat(place.state().read(IMAGE)).isPresent();
        assertThat(place.state().read(QUOTA).orElseThrow().number("count")).isEqualTo(1);
    }

    @Test
    void one_transaction_survives_a_crash_before_and_after_each_call() {
        var crashes = EveryCrashPoint.check(
                Place::fresh, EveryCrashPointTest::create, EveryCrashPointTest::assertCountedOnce);

        assertThat(crashes).isEqualTo(4);
    }

    @Test
    void two_transactions_are_detected_with_the_crash_point() {
        assertThatThrownBy(() -> EveryCrashPoint.check(
                        Place::fresh, EveryCrashPointTest::createCarelessly, EveryCrashPointTest::assertCountedOnce))
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith("Crash AFTER call 2, Ledger.commit: ");
    }

    @Test
    void after_a_crash_no_call_gets_through_even_for_code_that_swallows_errors() {
        var place = Place.fresh();
        place.calls().plan(Plan.at(1, Fault.crash(Fault.Moment.AFTER)));

        assertThatThrownBy(() -> place.ledger().put(IMAGE, Item.empty())).isInstanceOf(Crash.class);
        assertThatThrownBy(() -> place.ledger().put(QUOTA, Item.empty())).isInstanceOf(Crash.class);

        assertThat(place.state().contents()).containsOnlyKeys(IMAGE);
    }

    @Test
    void something_else_than_the_use_case_may_repair_the_state() {
        var crashes = EveryCrashPoint.check(
                Place::fresh,
                EveryCrashPointTest::createCarelessly,
                place -> place.state().put(QUOTA, Item.empty().with("repaired", true)),
                place -> assertThat(place.state().read(QUOTA)).isPresent());

        assertThat(crashes).isEqualTo(6);
    }
}
