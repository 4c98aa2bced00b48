package imageferry.copying.queue;

import static imageferry.copying.queue.SlotUse.HOLDERS;
import static imageferry.ledger.Condition.all;

import imageferry.account.AccountId;
import imageferry.copying.Copy;
import imageferry.copying.Throughput;
import imageferry.copying.queue.WaitingLine.Waiting;
import imageferry.id.CopyId;
import imageferry.ledger.Change;
import imageferry.ledger.Condition;
import imageferry.ledger.Item;
import imageferry.ledger.Key;
import imageferry.ledger.Ledger;
import imageferry.ledger.Write;
import imageferry.region.Region;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The slots of each region and the queue before them. A slot is held by name, so their number is counted, never kept,
 * and a slot given back twice is given back once.
 *
 * <p>The region's item also names the accounts that wait, each with the place of its first copy. A name may be of a copy that
 * no longer waits, until a grant finds that out. Each change of holders and names adds one to {@code turn}, so that a grant
 * happens on what it has read, or not at all.
 */
public final class Slots {
    /** The number of copies that are looked at in one step for accounts without a name. */
    private static final int LOOKED_AT = 100;

    private final Ledger ledger;
    private final WaitingLine line;

    public Slots(Ledger ledger) {
        this.ledger = ledger;
        this.line = new WaitingLine(ledger);
    }

    WaitingLine line() {
        return line;
    }

    /** The copies that move bytes into the region now. */
    public Set<CopyId> holders(Region region) {
        return use(region).holders();
    }

    public SlotUse use(Region region) {
        return new SlotUse(ledger.read(key(region)).orElse(Item.empty()));
    }

    /** Returns whether the region's item exists; it is made by the first copy that asks for a slot. */
    public boolean known(Region region) {
        return ledger.read(key(region)).isPresent();
    }

    /** Makes the region's item where it is missing. */
    public void make(Region region) {
        ledger.commit(List.of(
                Write.create(key(region), Item.empty().with(HOLDERS, new LinkedHashMap<String, Object>()))));
    }

    /** Returns the number of copies that wait for a slot, up to 1,000. */
    public int waiting(Region region) {
        return line.of(region).size();
    }

    /** Returns the time since which the longest-held slot is held; empty while none is held. */
    public Optional<Instant> heldSince(Region region) {
        return use(region).heldSince().min(Comparator.naturalOrder());
    }

    /** Returns the time since which the copy waits that has waited longest; empty while none waits. */
    public Optional<Instant> waitingSince(Region region) {
        return line.since(region);
    }

    /**
     * Rule 6: a region never runs more copies at once than the limit allows. An account never runs more than the cap while another
     * one waits, as this happens only if nothing has changed since the choice.
     *
     * @param use that the choice was made on
     * @param next the account's next copy; null when no other one waits
     */
    static Write taken(Copy copy, SlotUse use, @Nullable Waiting next, long limit, Instant now) {
        return Write.update(
                key(copy.region()),
                all(
                        unchanged(use),
                        new Condition.FewerEntriesThan(HOLDERS, limit),
                        new Condition.LacksEntry(HOLDERS, copy.id().value())),
                turn(
                        new Names(use).first(copy.owner(), next),
                        Change.putEntry(HOLDERS, copy.id(), SlotUse.holder(copy, now))));
    }

    /** Corrects the name of an account whose first copy is this one; null when none of its copies waits. */
    static Write renamed(Region region, SlotUse use, AccountId owner, @Nullable Waiting first) {
        return Write.update(key(region), unchanged(use), turn(new Names(use).first(owner, first)));
    }

    /** Names accounts that joined the queue when there was no room for another name. */
    Write named(Region region, SlotUse use, String from) {
        var part = line.from(region, from, LOOKED_AT);
        var changes = new Names(use).found(part, part.size() < LOOKED_AT);
        return Write.update(key(region), unchanged(use), turn(changes.toArray(Change[]::new)));
    }

    private static Condition unchanged(SlotUse use) {
        return new Condition.NumberIs(SlotUse.TURN, use.turn());
    }

    public static Write released(Copy copy) {
        return Write.update(key(copy.region()), Condition.exists(), turn(Change.removeEntry(HOLDERS, copy.id())));
    }

    /**
     * Returns the slot, and notes the throughput of the copy. If two copies from one region end at once, the later write wins; for a
     * moving average that is fine.
     *
     * @param use of the region until now
     * @param throughput of the copy in its slot
     * @param stream how fast one of its streams moved bytes from its source; null when unknown
     */
    public static Write released(Copy copy, SlotUse use, Throughput throughput, @Nullable Throughput stream) {
        var source = copy.source().region();
        var changes = new ArrayList<Change>(List.of(
                Change.removeEntry(HOLDERS, copy.id()),
                Change.put(SlotUse.PACE, throughput.after(use.throughput()).item())));
        if (stream != null) {
            var faded = stream.after(use.stream(source).orElse(null));
            changes.add(Change.put(SlotUse.streamFrom(source), faded.item()));
        }
        return Write.update(key(copy.region()), Condition.exists(), turn(changes.toArray(Change[]::new)));
    }

    /** Puts the copy into the queue, and names its account there. */
    static List<Write> queued(Copy copy, Instant queuedAt, SlotUse use) {
        var writes = new ArrayList<>(WaitingLine.joined(copy, queuedAt));
        var name = new Names(use).joined(copy.owner(), WaitingLine.place(copy, queuedAt));
        writes.add(Write.update(key(copy.region()), Condition.exists(), turn(name)));
        return writes;
    }

    public static List<Write> dequeued(Copy copy, Instant queuedAt) {
        return WaitingLine.left(copy, queuedAt);
    }

    private static List<Change> turn(Change... changes) {
        return Stream.concat(Stream.of(changes), Stream.of(Change.add(SlotUse.TURN, 1)))
                .toList();
    }

    private static Key key(Region region) {
        return new Key("REGION#" + region, "SLOTS");
    }
}
