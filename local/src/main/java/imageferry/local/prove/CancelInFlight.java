package imageferry.local.prove;

import com.fasterxml.jackson.databind.JsonNode;
import imageferry.rule.Count;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Cancels a copy while its parts are moved, and looks for anything that it leaves.
 *
 * @param stoppedBelow the number of bytes below which the workers are stopped meanwhile
 */
record CancelInFlight(Installation installation, long stoppedBelow) implements Step {
    /** A disk of fewer bytes is copied before a cancel can arrive. */
    static final long SMALL = 256L << 20;

    private static final int TRIES = 3;
    private static final String PREFIX = "snapshots/";
    private static final Polling CLEANING = new Polling(Duration.ofMillis(500), Duration.ofMinutes(2));

    @Override
    public String name() {
        return "Cancel in flight";
    }

    @Override
    public String asked() {
        return "A copy that is cancelled while parts are moved ends as Cancelled, and leaves neither an open upload nor a snapshot.";
    }

    @Override
    public Outcome run() throws Exception {
        var other = installation.settings().other();
        var _ = installation.original();
        var before = installation.keys(other, PREFIX);
        for (var number = 1; number <= TRIES; number++) {
            var cancelled = cancelled("cancelled-" + number);
            if (!Copies.status(cancelled).equals("Available")) {
                return outcome(other, before, cancelled);
            }
            before = installation.keys(other, PREFIX);
        }
        return new Outcome.Skipped("The copy was complete before its cancel arrived, " + TRIES
                + " times; give a larger disk with --bytes.");
    }

    private JsonNode cancelled(String name) throws Exception {
        return installation.settings().bytes() < stoppedBelow ? cancelledWithStoppedWorkers(name) : cancel(name);
    }

    private JsonNode cancelledWithStoppedWorkers(String name) throws Exception {
        JsonNode copy;
        try (var _ = Workers.stopped(installation)) {
            copy = cancelRequested(name);
        }
        return new Copies(installation).ended(copy);
    }

    private JsonNode cancel(String name) throws Exception {
        return new Copies(installation).ended(cancelRequested(name));
    }

    private JsonNode cancelRequested(String name) throws Exception {
        var copies = new Copies(installation);
        var copy = copies.start(name);
        copies.until(copy, "the transfer of parts", now -> Copies.hasEnded(now) || movesParts(now));
        installation.api().post("/copies/" + Copies.id(copy) + "/cancel", Map.of());
        return copy;
    }

    private static boolean movesParts(JsonNode copy) {
        return copy.path("steps").findValuesAsText("name").contains("Copy Snapshot Parts");
    }

    private Outcome outcome(String other, List<String> before, JsonNode cancelled) throws Exception {
        if (!Copies.status(cancelled).equals("Cancelled")) {
            return new Outcome.Failed("The copy ended as " + Copies.described(cancelled) + ".");
        }
        CLEANING.until("the removal of the open upload", () -> installation.openUploads(other), List::isEmpty);
        CLEANING.until("the removal of the snapshot", () -> installation.keys(other, PREFIX), before::equals);
        return new Outcome.Passed(Copies.id(cancelled) + " was cancelled after "
                + Count.of(cancelled.path("bytesCopied").asLong(), "byte")
                + ". No open upload and no snapshot of it is left.");
    }
}
