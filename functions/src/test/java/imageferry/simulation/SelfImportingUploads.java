package imageferry.simulation;

import imageferry.copying.Reason;
import imageferry.copying.request.ImportUpload.Outcome;
import imageferry.copying.request.UploadEvent;
import imageferry.id.CopyId;
import imageferry.ledger.Item;
import imageferry.rule.Code;
import imageferry.snapshot.Blob;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Uploads that ask for their own import, and their events: late, twice, in any order, and repeated until they are
 * answered.
 */
final class SelfImportingUploads {
    private static final long SECOND = 1_000_000;
    /** The time limit of the function in the template. */
    private static final long LONGEST = 30 * SECOND;

    private static final String RULE = "The last upload of a key counts";

    private final World world;
    private final List<UploadEvent> events = new ArrayList<>();
    private final Map<String, Outcome> outcomes = new HashMap<>();
    private int deliveries;

    SelfImportingUploads(World world) {
        this.world = world;
    }

    /** An object that asks for its import was put. Its event arrives once or twice, within seconds. */
    void uploaded(Blob upload, SplittableRandom chance) {
        var facts = world.store.look(upload).orElseThrow();
        var event = new UploadEvent(upload, facts.eTag(), facts.sizeBytes(), "v" + events.size());
        events.add(event);
        for (var times = chance.nextInt(4) == 0 ? 2 : 1; times > 0; times--) {
            var wait = chance.nextInt(2) == 0 ? chance.nextLong(SECOND / 2) : chance.nextLong(5 * SECOND);
            world.strands.after(wait, times, () -> deliver(event, chance));
        }
    }

    private void deliver(UploadEvent event, SplittableRandom chance) {
        // An invocation's ids follow from its name.
        var name = "event of " + event.version() + " #" + ++deliveries;
        world.trace.add(world.strands.now(), name, "comes", event::toString);
        var begun = world.clock.instant();
        world.invocations.begin(
                name,
                LONGEST,
                service -> Optional.of(service.importUpload().handle(event)),
                failure -> Optional.<Outcome>empty(),
                answer -> answer.ifPresentOrElse(
                        outcome -> check(event, outcome, begun),
                        () -> world.strands.after(chance.nextLong(60 * SECOND), 0, () -> deliver(event, chance))));
    }

    private void check(UploadEvent event, Outcome outcome, Instant begun) {
        world.reach("lands " + word(outcome));
        var before = outcomes.put(event.version(), outcome);
        world.verdict.require(
                before == null || before.equals(outcome) || before instanceof Outcome.Nothing || isNothing(outcome),
                "The same event leads to the same copy",
                () -> event + " led to " + before + ", then to " + outcome);
        if (outcome instanceof Outcome.Importing(var next) && tookAPlace(next)) {
            world.reach("lands in the place of another");
        }
        if (outcome instanceof Outcome.Refused refused && before == null) {
            var obstacle = obstacle(event, refused, begun);
            world.verdict.require(
                    obstacle.isEmpty(),
                    "An unfinished import of a key is no obstacle to a later upload of it",
                    () -> obstacle + " to " + event);
        }
    }

    /** The unfinished import of the same key that has held the name since before the event arrived. */
    private Optional<Item> obstacle(UploadEvent event, Outcome.Refused refused, Instant begun) {
        return refused.reason().code().equals(Code.IMAGE_NAME_DUPLICATED.toString())
                ? world.table.images().stream()
                        .filter(image -> image.flag("reserves")
                                && image.instant("createdAt").isBefore(begun)
                                && refused.reason().detail().contains(" named " + image.text("name") + " "))
                        .flatMap(image -> world.table.copy(image.text("copyId")).stream())
                        .filter(copy ->
                                copy.text("sourceKey").equals(event.blob().key())
                                        && copy.text("region")
                                                .equals(event.blob().region().name())
                                        && !CopyRules.ENDED.contains(copy.text("status")))
                        .findFirst()
                : Optional.empty();
    }

    private static String word(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Nothing() -> "for nothing";
            case Outcome.Importing(var copy) -> "accepted";
            case Outcome.Refused(var copy, var reason) -> reason.code();
        };
    }

    private static boolean isNothing(Outcome outcome) {
        return outcome instanceof Outcome.Nothing;
    }

    /** No other object was put under the key since, and nobody removed this one. */
    private boolean isLast(UploadEvent event) {
        return world.contents.isLast(event.blob(), event.eTag());
    }

    /** The last upload was not treated as overwritten, and became an image unless a rule forbade that. */
    void checkTheEnd() {
        events.stream().filter(this::isLast).forEach(event -> {
            var outcome = outcomes.get(event.version());
            world.verdict.require(
                    outcome != null && (isImported(event) || !isTakenForOverwritten(outcome)),
                    RULE,
                    () -> event + " led to " + outcome);
        });
    }

    private boolean isImported(UploadEvent event) {
        return world.table.copies().stream()
                .anyMatch(copy -> copy.text("sourceETag").equals(event.eTag())
                        && copy.text("status").equals("Available"));
    }

    private boolean isTakenForOverwritten(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Nothing() -> true;
            case Outcome.Importing(var copy) -> reason(copy).equals(Reason.SOURCE_CHANGED);
            case Outcome.Refused(var copy, var reason) -> reason.code().equals(Reason.SOURCE_CHANGED);
        };
    }

    private boolean tookAPlace(CopyId next) {
        return world.table.copies().stream()
                .flatMap(copy -> copy.nested("reason").stream())
                .anyMatch(reason -> reason.text("detail").contains(next.value()));
    }

    private String reason(CopyId id) {
        return world.table
                .copy(id.value())
                .flatMap(copy -> copy.nested("reason"))
                .map(reason -> reason.text("code"))
                .orElse("none");
    }
}
