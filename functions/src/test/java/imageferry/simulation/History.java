package imageferry.simulation;

import imageferry.copying.SweepCopies;
import imageferry.function.Wired;
import imageferry.ledger.InMemoryLedger;
import imageferry.ledger.Ledger;
import imageferry.ledger.Query;
import imageferry.rule.Result;
import imageferry.simulation.WiredLedger.Alteration;
import imageferry.snapshot.InMemorySnapshotStore;
import imageferry.snapshot.SnapshotStore;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/** One history of the whole service, from the first act until nothing is left to do. */
final class History {
    private static final Instant BEGINNING = Instant.parse("2026-01-01T00:00:00Z");
    private static final long SECOND = 1_000_000;
    private static final long MINUTE = 60 * SECOND;
    private static final long HOUR = 60 * MINUTE;

    private final long seed;
    private final Strands strands = new Strands();
    private final Verdict verdict = new Verdict();
    private final Trace trace;
    private final Troubles troubles;
    private final Invocations invocations;
    private final Workflows workflows;
    private final ChangeStream stream;
    private final InMemoryLedger ledger = new InMemoryLedger();
    private final Table table = new Table(ledger);
    private final InstantSource clock = () -> BEGINNING.plusMillis(strands.now() / 1_000);
    private final InMemorySnapshotStore store = new InMemorySnapshotStore(clock);
    private final Contents contents = new Contents(store);
    private final BytesRules bytes;
    private final CopyRules copyRules = new CopyRules(verdict);
    private final ImageRules imageRules;
    private final QueueRules queueRules;
    private final MeterRules meterRules = new MeterRules(verdict);
    private final UseRules useRules = new UseRules(verdict, table);
    private final Users users = new Users(table, store, contents);
    private int sweeps;

    /** Defects that are planted between the service and what it stands on. */
    record Defects(UnaryOperator<Ledger> ledger, UnaryOperator<SnapshotStore> store) {
        static final Defects NONE = new Defects(same -> same, same -> same);
    }

    /** What came of a history. */
    record End(
            Optional<Verdict.Broken> broken,
            long fingerprint,
            List<String> trace,
            List<String> troubles,
            long events) {}

    private History(long seed, Setting setting, Defects defects, Set<String> spared, boolean words) {
        this.seed = seed;
        this.trace = new Trace(words);
        this.troubles = new Troubles(setting, spared);
        this.invocations = new Invocations(seed, strands, troubles, trace, verdict);
        this.workflows = new Workflows(seed, strands, troubles, trace, invocations);
        this.stream = new ChangeStream(workflows);
        this.bytes = new BytesRules(verdict, table, store, contents);
        this.imageRules = new ImageRules(setting, verdict, contents);
        this.queueRules = new QueueRules(setting, verdict, table, strands);
        var wire = new Wire(strands, troubles, setting, trace);
        var buckets = new MebibyteStore(store);
        Ledger wiredLedger = new WiredLedger(
                ledger, defects.ledger().apply(ledger), this::index, wire, this::changed, queueRules::looked);
        var wiredStore = new WiredStore(buckets, defects.store().apply(buckets), wire, strands, troubles, bytes);
        RandomGenerator ids = () -> strands.running().ids().nextLong();
        invocations.serve(new Wired(
                Map.of(
                        "REGIONS", "us-east-1,eu-west-1,ap-south-1",
                        "SLOTS_PER_REGION", Long.toString(setting.slotsPerRegion()),
                        "IMAGES_PER_REGION", Long.toString(setting.imagesPerRegion()),
                        "COPIES_PER_REGION", Long.toString(setting.copiesPerRegion()),
                        "SHARES_PER_IMAGE", Long.toString(setting.sharesPerImage()),
                        "APPROVAL_ABOVE_BYTES", Long.toString(setting.approvalAboveBytes())),
                wiredLedger,
                wiredStore,
                new WiredExecutions(workflows, wire),
                clock,
                ids));
    }

    static End run(long seed, Setting setting, List<Act> acts, Defects defects, Set<String> spared, boolean words) {
        var history = new History(seed, setting, defects, spared, words);
        history.play(acts);
        return new End(
                history.verdict.broken(),
                history.trace.fingerprint(),
                history.trace.lines(),
                history.troubles.happened(),
                history.strands.events());
    }

    private imageferry.ledger.Page index(Query query) {
        return ledger.query(query);
    }

    private void changed(List<Alteration> alterations) {
        var changes = new Changes(alterations);
        copyRules.judge(changes);
        imageRules.judge(changes);
        queueRules.judge(changes);
        meterRules.judge(changes);
        useRules.judge(changes);
        alterations.forEach(stream::changed);
    }

    private void play(List<Act> acts) {
        acts.forEach(act -> strands.after(act.at(), act.number(), () -> begin(act, 0)));
        var last = acts.stream().mapToLong(Act::at).max().orElse(0);
        if (runUntil(last + Seeds.random(seed, "calm").nextLong(20 * SECOND)) && calmDown() && wind()) {
            judgeTheEnd();
        }
        strands.end();
    }

    /** False when a rule was broken meanwhile. */
    private boolean runUntil(long time) {
        strands.runUntil(time, () -> verdict.broken().isPresent());
        return verdict.broken().isEmpty();
    }

    private void begin(Act act, int tries) {
        var name = act.toString();
        var chance = Seeds.random(seed, name + " try " + tries);
        switch (act.kind()) {
            case SWEEP -> sweep();
            case OVERWRITE_UPLOAD -> note(name, users.overwrite(act, chance));
            case STOP_EXECUTION -> stop(chance);
            default -> {
                var request = users.request(act, chance);
                if (request.isPresent()) {
                    ask(name, request.get(), chance);
                } else if (tries < 6 && !troubles.ended()) {
                    strands.after(chance.nextLong(2 * SECOND), act.number(), () -> begin(act, tries + 1));
                }
            }
        }
    }

    private void note(String who, String what) {
        trace.add(strands.now(), who, what, () -> "");
    }

    private void stop(SplittableRandom chance) {
        var running = workflows.running();
        if (!running.isEmpty()) {
            workflows.stop(running.get(chance.nextInt(running.size())));
        }
    }

    private void ask(String name, Users.Request request, SplittableRandom chance) {
        note(name, request.words());
        invocations.begin(
                name,
                29 * SECOND,
                request.call().andThen(Optional::of),
                failure -> Optional.<Result<?>>empty(),
                answer -> {
                    if (answer.isEmpty() && chance.nextBoolean() && !troubles.ended()) {
                        strands.after(chance.nextLong(SECOND), 0, () -> ask(name + " again", request, chance));
                    }
                });
    }

    private void sweep() {
        invocations.begin(
                "Sweep " + ++sweeps,
                300 * SECOND,
                service -> {
                    var now = clock.instant();
                    service.deleteImage().finishAll(now.minus(SweepCopies.QUIET));
                    return service.sweepCopies().sweep(now).failures();
                },
                failure -> List.<String>of(),
                failures -> {});
    }

    /** Nothing goes wrong any more, the operator decides, the sweeper comes: all copies end. */
    private boolean calmDown() {
        troubles.end();
        var chance = Seeds.random(seed, "last decisions");
        for (var round = 1; round <= 40; round++) {
            var decision = 0;
            for (var request : users.lastDecisions(chance)) {
                ask("last decision " + round + "." + ++decision, request, chance);
            }
            if (!runUntil(strands.now() + 6 * MINUTE)) {
                return false;
            }
            sweep();
            if (!runUntil(strands.now() + MINUTE)) {
                return false;
            }
            if (settled()) {
                return true;
            }
        }
        verdict.breaks("Every copy ends", unsettled());
        return false;
    }

    private boolean settled() {
        return table.copies().stream().allMatch(copy -> CopyRules.ENDED.contains(copy.text("status")))
                && workflows.running().isEmpty()
                && invocations.alive() == 0
                && stream.idle();
    }

    private String unsettled() {
        return table.copies().stream()
                        .filter(copy -> !CopyRules.ENDED.contains(copy.text("status")))
                        .toList()
                + " executions " + workflows.running() + " invocations " + invocations.alive();
    }

    /** Whatever is kept for a time goes. */
    private boolean wind() {
        for (var each = 0; each < 2; each++) {
            if (!runUntil(strands.now() + 25 * HOUR)) {
                return false;
            }
            sweep();
        }
        return runUntil(strands.now() + 10 * MINUTE);
    }

    private void judgeTheEnd() {
        try {
            new Books(table.items(), store).agreeButForCharges();
        } catch (AssertionError disagreement) {
            verdict.breaks("The books agree", disagreement.getMessage());
        }
        new Leftovers(table, store, verdict).judge();
    }
}
