package imageferry.copying.queue;

import static imageferry.copying.InMemoryService.FRIEND;
import static imageferry.copying.InMemoryService.HOME;
import static imageferry.copying.InMemoryService.OUTAGE;
import static imageferry.copying.InMemoryService.OWNER;
import static imageferry.copying.InMemoryService.STRANGER;
import static org.assertj.core.api.Assertions.assertThat;

import imageferry.account.Caller;
import imageferry.copying.BatchReport;
import imageferry.copying.InMemoryService;
import imageferry.copying.Progress;
import imageferry.copying.ending.Release;
import imageferry.copying.ending.SettleCopy;
import imageferry.id.CopyId;
import imageferry.ledger.Change;
import imageferry.ledger.Condition;
import imageferry.ledger.Item;
import imageferry.ledger.Key;
import imageferry.ledger.Write;
import imageferry.ticket.Tickets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Rule 6 with several accounts. The region has two slots, of which an account may hold one while another account waits. */
class AccountsTakeTurnsTest {
    private static final Key REGION = new Key("REGION#us-east-1", "SLOTS");

    private final InMemoryService service = new InMemoryService();
    private final GrantSlots granting = granting(new SlotLimits(2, 1));
    /** Grants nothing. */
    private final GrantSlots nobody = granting(SlotLimits.of(0));

    private final Queues queues =
            new Queues(service.copies, service.progress, service.slots, new SlotLimits(2, 1), service.clock);
    private int made;

    private GrantSlots granting(SlotLimits limits) {
        return new GrantSlots(service.ledger, service.copies, service.slots, limits, service.clock);
    }

    private CopyId parked(Caller caller) {
        return parked(caller, granting);
    }

    private CopyId parked(Caller caller, GrantSlots afterwards) {
        made++;
        var copy = service.importing(caller, "disk-" + made, 1_000);
        new RequestSlot(service.ledger, service.copies, service.slots, afterwards, service.clock).park(copy, "token");
        service.passes(Duration.ofSeconds(1));
        return copy;
    }

    /** Ends the copy, which gives back its slot or its place, and grants what is free. */
    private void ends(CopyId copy) {
        ends(copy, granting);
    }

    private void ends(CopyId copy, GrantSlots afterwards) {
        var release = new Release(
                service.images, service.copies, service.slots, new Tickets(service.ledger), service.progress);
        new SettleCopy(service.ledger, service.copies, service.app.deletions(), release, afterwards, service.clock)
                .settle(copy, OUTAGE);
    }

    private void requireRunning(CopyId... copies) {
        assertThat(service.slots.holders(HOME)).containsExactlyInAnyOrder(copies);
    }

    @Test
    void an_account_alone_has_all_slots() {
        requireRunning(parked(OWNER), parked(OWNER));
    }

    @Test
    void at_its_cap_an_account_lets_a_later_one_pass() {
        var one = parked(OWNER);
        var two = parked(OWNER);
        parked(OWNER);
        var other = parked(FRIEND);

        ends(one);

        requireRunning(two, other);
    }

    @Test
    void without_others_that_wait_it_passes_its_cap_again() {
        var one = parked(OWNER);
        var two = parked(OWNER);
        var three = parked(OWNER);
        var other = parked(FRIEND);
        ends(one);

        ends(other);

        requireRunning(two, three);
    }

    @Test
    void the_oldest_is_next_if_all_that_wait_are_at_their_cap() {
        var three = granting(new SlotLimits(3, 1));
        var one = parked(OWNER, three);
        var other = parked(FRIEND, three);
        var another = parked(STRANGER, three);
        var second = parked(FRIEND, three);
        parked(OWNER, three);

        ends(another, three);

        requireRunning(one, other, second);
    }

    @Test
    void the_copies_of_an_account_keep_their_order() {
        var mine = List.of(parked(OWNER, nobody), parked(OWNER, nobody), parked(OWNER, nobody));
        var others = List.of(parked(FRIEND, nobody), parked(FRIEND, nobody), parked(FRIEND, nobody));
        granting.grant(HOME);
        for (var i = 0; i < 3; i++) {
            requireRunning(mine.get(i), others.get(i));

            ends(mine.get(i), i == 2 ? granting : nobody);
            ends(others.get(i));
        }
        assertThat(service.slots.waiting(HOME)).isZero();
    }

    @Test
    void an_account_whose_first_copy_was_cancelled_waits_with_its_second() {
        var running = parked(OWNER);
        parked(STRANGER);
        var cancelled = parked(FRIEND);
        var stranger = parked(STRANGER);
        var second = parked(FRIEND);
        ends(cancelled, nobody);

        ends(running);

        assertThat(service.slots.holders(HOME)).contains(second).doesNotContain(stranger);
    }

    @Test
    void an_account_that_cancelled_everything_lets_others_pass_their_cap() {
        var one = parked(OWNER);
        var two = parked(OWNER);
        var three = parked(OWNER);
        var other = parked(FRIEND);
        ends(other, nobody);

        ends(one);

        requireRunning(two, three);
    }

    @Test
    void the_position_is_the_expected_turn() {
        parked(OWNER);
        var endsFirst = parked(FRIEND);
        service.progress.report(
                endsFirst, 1, new BatchReport(new Progress.Arrived(900, 0, 0), service.clock.instant(), 0, null));
        var late = parked(OWNER);
        var later = parked(OWNER);
        var early = parked(STRANGER);

        assertThat(positions(early, late, later)).containsExactly(1, 2, 3);

        ends(endsFirst);
        assertThat(service.slots.holders(HOME)).contains(early);
        assertThat(positions(late, later)).containsExactly(1, 2);
    }

    private List<Integer> positions(CopyId... copies) {
        var places = queues.of(HOME);
        return Arrays.stream(copies).map(copy -> places.get(copy).position()).toList();
    }

    @Test
    void copies_that_an_earlier_release_queued_get_their_slots_in_order() {
        var old = List.of(parked(OWNER, nobody), parked(OWNER, nobody), parked(FRIEND, nobody));
        old.forEach(this::asBefore);
        service.ledger.replace(withoutNames());
        parked(STRANGER, nobody);

        granting.grant(HOME);
        requireRunning(old.get(0), old.get(1));
        ends(old.get(0));
        requireRunning(old.get(1), old.get(2));
    }

    /** The copy's place as releases without caps recorded it. */
    private void asBefore(CopyId copy) {
        var queued = service.copies.require(copy);
        var place = WaitingLine.place(queued, queued.workflow().queuedAt());
        service.ledger.commit(List.of(
                Write.delete(new Key("QUEUE#us-east-1#" + queued.owner(), place)),
                Write.update(new Key("REGION#us-east-1", place), Condition.exists(), Change.remove("owner"))));
    }

    private Map<Key, Item> withoutNames() {
        var items = service.ledger.contents();
        items.put(REGION, Item.empty().with("holders", Map.of()));
        return items;
    }

    @Test
    void a_hundred_accounts_are_named_and_all_others_get_their_turn() {
        var all = new ArrayList<CopyId>();
        for (var i = 0; i < 130; i++) {
            var caller = InMemoryService.caller("5" + (10_000_000_000L + i));
            all.add(parked(caller, nobody));
            all.add(parked(caller, nobody));
        }
        assertThat(names()).hasSize(100);

        var granted = new ArrayList<CopyId>();
        granting.grant(HOME);
        while (!service.slots.holders(HOME).isEmpty()) {
            assertThat(names()).hasSizeLessThanOrEqualTo(100);
            var next = service.slots.holders(HOME).iterator().next();
            granted.add(next);
            ends(next);
        }
        assertThat(granted).containsExactlyInAnyOrderElementsOf(all);
        assertThat(names()).isEmpty();
    }

    private List<String> names() {
        return service.ledger.read(REGION).orElseThrow().attributes().keySet().stream()
                .filter(attribute -> attribute.startsWith("waits ") || attribute.equals("unnamedFrom"))
                .filter(attribute -> !attribute.equals("unnamedFrom") || service.slots.waiting(HOME) == 0)
                .toList();
    }

    @Test
    void an_account_without_a_name_gets_one_as_soon_as_there_is_room() {
        var crowd = new ArrayList<CopyId>();
        for (var i = 0; i < 101; i++) {
            crowd.add(parked(InMemoryService.caller("5" + (10_000_000_000L + i)), nobody));
        }
        ends(crowd.getFirst(), nobody);
        assertThat(names()).doesNotContain("waits 510000000100");

        granting.grant(HOME);

        assertThat(names()).contains("waits 510000000100");
    }
}
