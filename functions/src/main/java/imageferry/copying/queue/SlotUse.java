package imageferry.copying.queue;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import imageferry.account.AccountId;
import imageferry.copying.Copy;
import imageferry.copying.Throughput;
import imageferry.copying.queue.QueueForecast.Running;
import imageferry.id.CopyId;
import imageferry.ledger.Item;
import imageferry.ledger.Moments;
import imageferry.region.Region;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The use of a region's slots, and the accounts that wait for one.
 *
 * @param item the region's own
 */
public record SlotUse(Item item) {
    static final String HOLDERS = "holders";
    static final String PACE = "pace";
    static final String TURN = "turn";

    static String streamFrom(Region source) {
        return "stream from " + source;
    }

    /** The entry of a holder: the time since which it holds its slot, and its owner. */
    static String holder(Copy copy, Instant since) {
        return Moments.sortable(since) + " " + copy.owner();
    }

    /** The copies that move bytes into the region now. */
    public Set<CopyId> holders() {
        return item.map(HOLDERS).keySet().stream().map(CopyId::new).collect(Collectors.toUnmodifiableSet());
    }

    /** The number of slots of each account. The owners of slots that an earlier release granted are not known. */
    Map<AccountId, Long> held() {
        return entries()
                .filter(entry -> entry.size() == 2)
                .collect(groupingBy(entry -> new AccountId(entry.getLast()), counting()));
    }

    /** The owners of the copies that hold slots, as if each had all its bytes. */
    List<Running> owners() {
        return entries()
                .map(entry -> new Running(entry.size() == 2 ? new AccountId(entry.getLast()) : null, 0))
                .toList();
    }

    /** The times since which slots are held. */
    Stream<Instant> heldSince() {
        return entries().map(entry -> Instant.parse(entry.getFirst()));
    }

    private Stream<List<String>> entries() {
        return item.map(HOLDERS).values().stream()
                .map(entry -> List.of(entry.toString().split(" ", -1)));
    }

    /** The throughput of a slot; null until the first copy ended there. */
    public @Nullable Throughput throughput() {
        return item.nested(PACE).map(Throughput::of).orElse(null);
    }

    /** Returns the throughput of one stream from that region; empty until the first copy from there ended. */
    public Optional<Throughput> stream(Region source) {
        return item.nested(streamFrom(source)).map(Throughput::of);
    }

    /** Returns whether no copy has asked for a slot of the region yet. */
    boolean isEmpty() {
        return item.attributes().isEmpty();
    }

    /** The number of changes of holders and names so far. */
    long turn() {
        return item.maybeNumber(TURN).orElse(0L);
    }
}
