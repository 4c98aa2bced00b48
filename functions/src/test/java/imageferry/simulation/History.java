package imageferry.simulation;

import imageferry.copying.ending.Quarantine;
import imageferry.ledger.Item;
import imageferry.ledger.Key;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/** One history of the whole service, from the first action until nothing is left to do. */
final class History {
    private static final long SECOND = 1_000_000;
    private static final long MINUTE = 60 * SECOND;
    private static final long HOUR = 60 * MINUTE;
    private static final long FIVE_MINUTES = 5 * MINUTE;
    private static final long QUARANTINE = Quarantine.GRACE.plusMinutes(1).toMillis() * 1_000;
    /** Shorter than the time of the users' actions, so that some of them are too late, which is allowed. */
    private static final int MOST_SWEEPS = 10;

    private static final int MOST_TRIES = 6;
    private static final int MOST_ROUNDS = 40;

    private final Plan plan;
    private final World world;
    private final Users users;
    private final RequestSender desk;
    private final Sweeper sweeper;
    private final Leftovers leftovers;

    /**
     * The result of a history.
     *
     * @param broken the rule that was broken first
     * @param fingerprint the same for equal histories
     * @param troubles all external faults
     * @param reached the interesting situations, with their numbers
     */
    record End(
            Optional<Verdict.Broken> broken,
            long fingerprint,
            List<String> trace,
            List<String> troubles,
            Map<String, Long> reached,
            long events) {}

    private History(Plan plan, boolean words) {
        this.plan = plan;
        this.world = new World(plan, words);
        this.users = new Users(world);
        this.desk = new RequestSender(world);
        this.sweeper = new Sweeper(world);
        this.leftovers = new Leftovers(world);
    }

    /** Runs the history, and writes its trace in words only if requested. */
    static End run(Plan plan, boolean words) {
        var history = new History(plan, words);
        history.play();
        var world = history.world;
        return new End(
                world.verdict.broken(),
                world.trace.fingerprint(),
                world.trace.lines(),
                world.troubles.happened(),
                world.reached(),
                world.strands.events());
    }

    /** Runs the history until its end, and then lets its table be replaced by that of a random earlier moment. */
    static Optional<Verdict.Broken> restored(Plan plan, Consumer<RestoredTable> then) {
        var history = new History(plan, false);
        var world = history.world;
        var backup = new HashMap<Key, Item>();
        var moment = Seeds.random(plan.seed(), "backup").nextLong(plan.lastsUntil() + 1);
        world.strands.after(moment, 0, () -> backup.putAll(world.table.items()));
        history.play();
        if (world.verdict.broken().isEmpty()) {
            then.accept(new RestoredTable(world, backup, plan.seed()));
        }
        return world.verdict.broken();
    }

    private void play() {
        world.neighbour.begin(world.strands);
        plan.acts().forEach(act -> world.strands.after(act.at(), act.number(), () -> begin(act, 0)));
        var last = plan.lastsUntil();
        for (var at = FIVE_MINUTES; at < last; at += Math.max(FIVE_MINUTES, last / MOST_SWEEPS)) {
            world.strands.after(at, 0, sweeper::sweep);
        }
        var _ = runUntil(last + Seeds.random(plan.seed(), "calm").nextLong(20 * SECOND))
                && stayWithoutSweeper()
                && calmDown()
                && wind()
                && leftovers.checkTheEnd(users);
        world.strands.end();
        leftovers.ends().forEach(world::reach);
    }

    /** Returns false when a rule was broken meanwhile. */
    private boolean runUntil(long time) {
        world.strands.runUntil(time, () -> world.verdict.broken().isPresent());
        return world.verdict.broken().isEmpty();
    }

    private void begin(Action act, int tries) {
        var name = act.toString();
        var chance = Seeds.random(plan.seed(), name + " try " + tries);
        switch (act.kind()) {
            case SWEEP -> sweeper.sweep();
            case OVERWRITE_UPLOAD -> users.overwrite(act, chance);
            case DROP -> users.drop(act, chance);
            case STOP_EXECUTION -> users.stopExecution(chance);
            default -> {
                var request = users.request(act, chance);
                if (request.isPresent()) {
                    desk.ask(name, request.get(), chance);
                } else if (tries < MOST_TRIES) {
                    world.strands.after(chance.nextLong(2 * SECOND), act.number(), () -> begin(act, tries + 1));
                }
            }
        }
    }

    /** No fault happens from here on; and a history without any fault does not need the sweeper. */
    private boolean stayWithoutSweeper() {
        world.troubles.end();
        if (world.troubles.any() || users.stoppedExecutions()) {
            return true;
        }
        return runUntil(world.strands.now() + 20 * MINUTE) && leftovers.checkWithoutSweeper();
    }

    /** The operator decides and the sweeper runs, so all copies end. */
    private boolean calmDown() {
        var chance = Seeds.random(plan.seed(), "last decisions");
        for (var round = 1; round <= MOST_ROUNDS; round++) {
            decideTickets(round, chance);
            if (!runUntil(world.strands.now() + 6 * MINUTE)) {
                return false;
            }
            sweeper.sweep();
            if (!runUntil(world.strands.now() + MINUTE)) {
                return false;
            }
            if (leftovers.allEnded()) {
                return true;
            }
        }
        world.verdict.breaks("Every copy ends", leftovers.unended());
        return false;
    }

    private void decideTickets(int round, SplittableRandom chance) {
        var number = 0;
        for (var request : users.lastDecisions(chance)) {
            desk.ask("last decision " + round + "." + ++number, request, chance);
        }
    }

    /** Temporary records expire. */
    private boolean wind() {
        for (var each = 0; each < 2; each++) {
            if (!runUntil(world.strands.now() + 25 * HOUR)) {
                return false;
            }
            sweeper.sweep();
        }
        // The sweeper deletes what it has put into quarantine.
        if (!runUntil(world.strands.now() + QUARANTINE)) {
            return false;
        }
        sweeper.sweep();
        return runUntil(world.strands.now() + 10 * MINUTE);
    }
}
