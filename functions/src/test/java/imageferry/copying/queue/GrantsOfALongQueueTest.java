package imageferry.copying.queue;

import static imageferry.copying.InMemoryService.FRIEND;
import static imageferry.copying.InMemoryService.HOME;
import static imageferry.copying.InMemoryService.OWNER;
import static org.assertj.core.api.Assertions.assertThat;

import imageferry.account.AccountId;
import imageferry.copying.Copies;
import imageferry.copying.Copy;
import imageferry.copying.InMemoryService;
import imageferry.fault.Call;
import imageferry.fault.Calls;
import imageferry.id.CopyId;
import imageferry.ledger.Key;
import imageferry.ledger.Ledger;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A grant costs the same whether 10,000 copies wait or two, and whether they are of one account or of many. */
class GrantsOfALongQueueTest {
    private static final int WAITING = 10_000;

    private final InMemoryService service = new InMemoryService();
    private final Calls calls = new Calls();
    private final Ledger ledger = calls.around(Ledger.class, service.ledger);
    private final GrantSlots granting =
            new GrantSlots(ledger, new Copies(ledger), new Slots(ledger), new SlotLimits(1, 1), service.clock);

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 50, 1_000})
    void the_reads_and_writes_do_not_depend_on_the_queue(int accounts) {
        var first = parked(service.importing(OWNER, "first", 1_000));
        var second = service.copies.require(parked(service.importing(FRIEND, "second", 1_000)));
        for (var i = 0; i < WAITING; i++) {
            var owner = i % accounts == 0 ? FRIEND.account() : new AccountId("7" + (10_000_000_000L + i % accounts));
            wait(second, owner, i);
        }
        calls.restart();

        granting.grant(HOME);

        assertThat(service.slots.holders(HOME)).containsExactly(first);
        assertThat(calls.made())
                .extracting(Call::method)
                .containsExactly("read", "query", "read", "query", "commit", "read");
        assertThat(writes()).hasSize(5);
        // An item of 8 KB takes 8 units of a write, twice as many in a transaction.
        assertThat(service.ledger
                        .read(new Key("REGION#us-east-1", "SLOTS"))
                        .orElseThrow()
                        .toString())
                .hasSizeLessThan(8_192);
    }

    private List<?> writes() {
        return calls.made().stream()
                .filter(call -> call.method().equals("commit"))
                .flatMap(call -> ((List<?>) call.arguments().getFirst()).stream())
                .toList();
    }

    private CopyId parked(CopyId copy) {
        var nobody = new GrantSlots(service.ledger, service.copies, service.slots, SlotLimits.of(0), service.clock);
        new RequestSlot(service.ledger, service.copies, service.slots, nobody, service.clock).park(copy, "token");
        return copy;
    }

    /** Puts one more copy into the queue, without a record of its own. */
    private void wait(Copy like, AccountId owner, int number) {
        var request = like.request();
        var copy = new Copy(
                new CopyId("c-" + "a".repeat(13) + letters(number)),
                new Copy.Request(
                        request.group(),
                        owner,
                        request.requestedBy(),
                        request.shareWith(),
                        request.retryOf(),
                        request.createdAt()),
                like.pinned(),
                like.destination(),
                like.status(),
                like.transfer(),
                like.workflow(),
                like.end());
        service.ledger.commit(Slots.queued(copy, service.now().plusSeconds(1 + number), service.slots.use(HOME)));
    }

    private static String letters(int number) {
        var letters = new StringBuilder();
        for (var rest = number; letters.length() < 4; rest /= 26) {
            letters.append((char) ('a' + rest % 26));
        }
        return letters.toString();
    }
}
