package imageferry.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import imageferry.ledger.Change;
import imageferry.ledger.Condition;
import imageferry.ledger.Ledger;
import imageferry.ledger.Query;
import imageferry.ledger.Write;
import imageferry.snapshot.Blob;
import imageferry.snapshot.SnapshotStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A simulation that cannot fail is worthless. Each of these is a possible defect of a use case. */
@Tag("slow")
final class PlantedDefectsTest {
    private static final int HISTORIES = 20_000;

    /**
     * @param rules one of which is broken first
     * @param scene makes the race that shows the defect more frequent
     */
    record Planted(String name, Defects defects, Set<String> rules, UnaryOperator<Plan> scene) {
        Planted(String name, Defects defects, Set<String> rules) {
            this(name, defects, rules, same -> same);
        }

        Planted on(UnaryOperator<Plan> crowded) {
            return new Planted(name, defects, rules, crowded);
        }

        Plan plan(long seed) {
            return scene.apply(Plan.of(seed)).with(defects);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    @BeforeEach
    void thisJdkLetsTestsScheduleThreads() {
        Assumptions.assumeTrue(VirtualThreads.available(), VirtualThreads.WHAT_IS_NEEDED);
    }

    @ParameterizedTest
    @MethodSource("defects")
    void the_rules_find_it(Planted planted) {
        assertThat(firstBroken(planted)).get().extracting(Verdict.Broken::rule).isIn(planted.rules());
    }

    private static Optional<Verdict.Broken> firstBroken(Planted planted) {
        return Stream.iterate(1L, seed -> seed + 1)
                .limit(HISTORIES)
                .map(seed -> History.run(planted.plan(seed), false).broken())
                .flatMap(Optional::stream)
                .findFirst();
    }

    static Stream<Planted> defects() {
        return Stream.of(
                ledger(
                        "Create Image ignores that the copy was cancelled",
                        TamperedLedger.without("COPY#", condition -> isStatus(condition, "Copying")),
                        "A copy has no way back",
                        "What was decided stays"),
                ledger(
                        "a failure is decided though somebody else decided before",
                        TamperedLedger.without("COPY#", condition -> isStatus(condition, "PendingApproval")),
                        "A copy has no way back",
                        "What was decided stays"),
                ledger(
                        "slots are never given back",
                        TamperedLedger.changing("REGION#", PlantedDefectsTest::forgetRemoval),
                        "Every copy ends",
                        "A copy ends without the sweeper where nothing goes wrong",
                        "No slot outlives its copy",
                        "The books agree"),
                ledger(
                                "slots are granted without a look at the limit",
                                TamperedLedger.without("REGION#", PlantedDefectsTest::isOfSlots),
                                "First come, first served within an account",
                                "First come, first served",
                                "No account passes its cap while another one waits",
                                "A region never runs more copies than N")
                        .on(Plan::crowded),
                ledger(
                                "slots are granted on a queue that has changed since",
                                TamperedLedger.without("REGION#", Condition.NumberIs.class::isInstance),
                                "No account passes its cap while another one waits",
                                "First come, first served within an account",
                                "First come, first served")
                        .on(Plan::crowded),
                ledger(
                                "joining a queue is no change of it",
                                TamperedLedger.writing(PlantedDefectsTest::joinUnseen),
                                "No account passes its cap while another one waits",
                                "First come, first served within an account",
                                "First come, first served")
                        .on(Plan::crowded),
                ledger(
                                "the owners of slots are forgotten",
                                TamperedLedger.changing("REGION#", PlantedDefectsTest::forgetOwner),
                                "No account passes its cap while another one waits")
                        .on(Plan::crowded),
                ledger(
                                "the accounts that wait are not named",
                                TamperedLedger.changing("REGION#", PlantedDefectsTest::forgetName),
                                "No account passes its cap while another one waits")
                        .on(Plan::crowded),
                ledger(
                                "an account's copies are served from their end",
                                TamperedLedger.asking(PlantedDefectsTest::ownFromTheEnd),
                                "First come, first served within an account",
                                "First come, first served",
                                "Every copy ends",
                                "A copy ends without the sweeper where nothing goes wrong")
                        .on(Plan::crowded),
                ledger(
                        "the queue is served from its end",
                        TamperedLedger.asking(PlantedDefectsTest::fromTheEnd),
                        "First come, first served within an account",
                        "First come, first served"),
                ledger(
                        "the first copy to end unlocks its source for all",
                        TamperedLedger.changing("IMAGE#", PlantedDefectsTest::unlockAll),
                        "A copy's lock goes with its end"),
                ledger(
                        "a source is deleted while it is copied",
                        TamperedLedger.without("IMAGE#", condition -> condition.equals(Condition.lacks("copyingTo"))),
                        "A source is locked while it is copied"),
                ledger(
                        "moved bytes are charged twice",
                        TamperedLedger.changing("USAGE#", PlantedDefectsTest::twice),
                        "Moved bytes are charged once"),
                ledger(
                        "the bytes of a month are counted without a look at the limit",
                        TamperedLedger.without("USAGE#", Condition.LessThan.class::isInstance),
                        "No request exceeds the bytes of its month"),
                ledger(
                        "bytes that were not moved stay counted",
                        TamperedLedger.changing("USAGE#", PlantedDefectsTest::keepCounted),
                        "The books agree"),
                ledger(
                        "a name is taken though another image has it",
                        TamperedLedger.without("NAME#", Condition.Absent.class::isInstance),
                        "A name belongs to one image at a time"),
                ledger(
                        "a name is never given back",
                        TamperedLedger.writing(PlantedDefectsTest::keepName),
                        "A name belongs to one image at a time",
                        "The books agree"),
                ledger(
                        "the quota is only looked at before",
                        TamperedLedger.without("QUOTA#", Condition.LessThan.class::isInstance),
                        "No quota is overshot"),
                ledger(
                        "a place in the quota is given back twice",
                        TamperedLedger.changing("QUOTA#", PlantedDefectsTest::giveBackTwice),
                        "No quota is given back twice",
                        "The books agree"),
                ledger(
                        "a token that was registered meanwhile is dropped with the one that was told",
                        TamperedLedger.without("COPY#", Condition.EntryIs.class::isInstance),
                        "Every copy ends",
                        "A copy ends without the sweeper where nothing goes wrong"),
                ledger(
                        "a request is not remembered",
                        TamperedLedger.writing(PlantedDefectsTest::forgetRequest),
                        "The same request gets the same answer"),
                ledger(
                                "an instance is made of an image that is going away",
                                TamperedLedger.without("IMAGE#", condition -> isStatus(condition, "Deprecated")),
                                "Only a usable image of the same region is booted from",
                                "An image has no way back")
                        .on(PlantedDefectsTest::bootingAndDeleting),
                neighbour(
                        "a neighbour does not look whose the buckets are",
                        "No bytes of a usable image are deleted",
                        "No upload is aborted that a copy needs"),
                new Planted(
                        "a bucket is acquired although another installation was faster",
                        new Defects(same -> same, PlantedDefectsTest::overwritingOwners, same -> same),
                        Set.of("A bucket keeps its first owner")),
                store("uploads are never aborted", "abort", "No orphan upload"),
                store("objects are never deleted", "delete", "No orphan bytes"));
    }

    /** Turns all actions but imports and copies into boots and deletions at the same moment, alternately. */
    private static Plan bootingAndDeleting(Plan plan) {
        var acts = new ArrayList<Action>();
        var at = OptionalLong.empty();
        for (var act : plan.acts()) {
            if (act.kind() == Action.Kind.IMPORT || act.kind() == Action.Kind.COPY) {
                acts.add(act);
            } else if (at.isEmpty()) {
                acts.add(new Action(act.number(), act.at(), Action.Kind.BOOT));
                at = OptionalLong.of(act.at());
            } else {
                acts.add(new Action(act.number(), at.getAsLong(), Action.Kind.DELETE));
                at = OptionalLong.empty();
            }
        }
        return plan.with(acts);
    }

    private static Planted ledger(String name, UnaryOperator<Ledger> defect, String... rules) {
        return new Planted(name, new Defects(defect, same -> same, same -> same), Set.of(rules));
    }

    /** A method of the store that does nothing. */
    private static Planted store(String name, String method, String rule) {
        UnaryOperator<SnapshotStore> defect = store -> (SnapshotStore) Proxy.newProxyInstance(
                PlantedDefectsTest.class.getClassLoader(),
                new Class<?>[] {SnapshotStore.class},
                (self, called, arguments) -> called.getName().equals(method) ? null : called.invoke(store, arguments));
        return new Planted(name, new Defects(same -> same, defect, same -> same), Set.of(rule));
    }

    /** A neighbour's store that forgets whose the buckets are, and that none is empty. */
    private static Planted neighbour(String name, String... rules) {
        UnaryOperator<SnapshotStore> defect = store -> {
            var owners = new HashMap<Object, Object>();
            return (SnapshotStore) Proxy.newProxyInstance(
                    PlantedDefectsTest.class.getClassLoader(),
                    new Class<?>[] {SnapshotStore.class},
                    (self, called, arguments) -> switch (called.getName()) {
                        case "text" -> Optional.ofNullable(owners.get(arguments[0]));
                        case "createText" -> owners.put(arguments[0], arguments[1]);
                        default -> called.invoke(store, arguments);
                    });
        };
        return new Planted(name, new Defects(same -> same, same -> same, defect), Set.of(rules));
    }

    private static SnapshotStore overwritingOwners(SnapshotStore store) {
        return (SnapshotStore) Proxy.newProxyInstance(
                PlantedDefectsTest.class.getClassLoader(),
                new Class<?>[] {SnapshotStore.class},
                (self, called, arguments) -> {
                    if (called.getName().equals("createText")) {
                        store.replaceText((Blob) arguments[0], (String) arguments[1]);
                        return null;
                    }
                    try {
                        return called.invoke(store, arguments);
                    } catch (InvocationTargetException thrown) {
                        throw thrown.getCause();
                    }
                });
    }

    private static boolean isStatus(Condition condition, String status) {
        return condition instanceof Condition.OneOf(var attribute, var values)
                && attribute.equals("status")
                && values.contains(status);
    }

    private static Change forgetRemoval(Change change) {
        return change instanceof Change.RemoveEntry(var map, var key) ? Change.removeEntry(map, "nobody") : change;
    }

    private static boolean isOfSlots(Condition condition) {
        return condition instanceof Condition.FewerEntriesThan || condition instanceof Condition.NumberIs;
    }

    private static Write joinUnseen(Write write) {
        return write instanceof Write.Update(var key, var changes, var condition)
                        && changes.stream().anyMatch(Change.PutIfAbsent.class::isInstance)
                        && key.sort().equals("SLOTS")
                ? new Write.Update(
                        key,
                        changes.stream()
                                .filter(change -> !(change instanceof Change.Add))
                                .toList(),
                        condition)
                : write;
    }

    private static Change forgetOwner(Change change) {
        return change instanceof Change.PutEntry(var map, var key, var value)
                ? Change.putEntry(map, key, value.toString().split(" ", 2)[0])
                : change;
    }

    private static Change forgetName(Change change) {
        return change.attribute().startsWith("waits ") ? Change.remove(change.attribute()) : change;
    }

    private static Change keepCounted(Change change) {
        return change instanceof Change.Add(var attribute, var amount) && amount < 0
                ? Change.add(attribute, 0)
                : change;
    }

    private static Query ownFromTheEnd(Query query) {
        return query.partition().startsWith("QUEUE#") ? query.inOrder(true) : query;
    }

    private static Query fromTheEnd(Query query) {
        return query.sortPrefix().equals("WAIT#") ? query.inOrder(true) : query;
    }

    private static Change unlockAll(Change change) {
        return change instanceof Change.Exclude(var set, var member) && set.equals("copyingTo")
                ? Change.remove(set)
                : change;
    }

    private static Change twice(Change change) {
        return change instanceof Change.Add(var attribute, var amount) ? Change.add(attribute, 2 * amount) : change;
    }

    private static Write keepName(Write write) {
        return write instanceof Write.Delete(var key, var condition)
                        && key.partition().startsWith("NAME#")
                ? Write.check(key, condition)
                : write;
    }

    private static Change giveBackTwice(Change change) {
        return change instanceof Change.Add(var attribute, var amount) && amount < 0
                ? Change.add(attribute, 2 * amount)
                : change;
    }

    private static Write forgetRequest(Write write) {
        return write.key().partition().startsWith("REQUEST#") ? Write.check(write.key(), Condition.absent()) : write;
    }
}
