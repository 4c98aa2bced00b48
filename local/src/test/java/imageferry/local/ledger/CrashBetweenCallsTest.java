package imageferry.local.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import imageferry.fault.Calls;
import imageferry.fault.EveryCrashPoint;
import imageferry.fault.World;
import imageferry.ledger.Change;
import imageferry.ledger.Condition;
import imageferry.ledger.Item;
import imageferry.ledger.Key;
import imageferry.ledger.Ledger;
import imageferry.ledger.Write;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A process that dies around any request to DynamoDB. Also the example of such a test on the real engine. */
@Tag("slow")
final class CrashBetweenCallsTest {
    private static final Key SLOTS = new Key("REGION#us-east-1", "SLOTS");
    private static final Key COPY = new Key("COPY#c-1", "COPY");

    private record Place(LocalTable table, Calls calls) implements World {
        static Place withOneWaitingCopy() {
            var place = new Place(LocalTable.empty(), new Calls());
            place.table().ledger().put(COPY, Item.empty().with("status", "Waiting"));
            place.table().ledger().put(SLOTS, Item.empty().with("used", 0));
            return place;
        }

        /** As in a process that has just started: through the client that may crash. */
        Ledger ledger() {
            return table.ledger(DynamoDbFaults.around(table.client(), calls));
        }
    }

    private static void grant(Place place) {
        var ledger = place.ledger();
        if (ledger.read(COPY).orElseThrow().text("status").equals("Waiting")) {
            ledger.commit(List.of(
                    Write.update(COPY, Condition.is("status", "Waiting"), Change.put("status", "Copying")),
                    Write.update(SLOTS, new Condition.LessThan("used", 1), Change.add("used", 1))));
        }
    }

    @Test
    void a_slot_is_taken_once_wherever_the_process_dies() {
        var crashes = EveryCrashPoint.check(Place::withOneWaitingCopy, CrashBetweenCallsTest::grant, place -> {
            var items = place.table().ledger().read(List.of(COPY, SLOTS));
            assertThat(items.get(COPY)).extracting(item -> item.text("status")).isEqualTo("Copying");
            assertThat(items.get(SLOTS)).extracting(item -> item.number("used")).isEqualTo(1L);
        });

        assertThat(crashes).isEqualTo(4);
    }
}
