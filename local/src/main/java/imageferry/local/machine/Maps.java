package imageferry.local.machine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import imageferry.local.machine.definition.Bindings;
import imageferry.local.machine.definition.ErrorNames;
import imageferry.local.machine.definition.Json;
import imageferry.local.machine.definition.State;
import imageferry.local.machine.definition.StateFailure;
import imageferry.local.machine.definition.Template;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;

/** Visits Map states: each item on a thread of its own, no more at once than allowed; the first failure ends them all. */
final class Maps {

    /** What an inline Map of Step Functions runs at once at most. */
    private static final int WIDEST = 40;

    private Maps() {}

    static Step visit(State.Each each, Visit visit) throws InterruptedException {
        JsonNode items = items(each.items(), visit.bindings());
        int width = width(each.items(), visit.bindings());
        JsonNode result = Shaper.limited(process(each, visit, items, width));
        return Shaper.shape(each.shaping(), each.next().state(), visit.withResult(result), result);
    }

    private static JsonNode items(State.Items from, Bindings bindings) {
        JsonNode items = from.items().evaluate(bindings);
        if (!items.isArray()) {
            throw new StateFailure(
                    ErrorNames.QUERY_EVALUATION, "Items must be a list, not " + items.getNodeType() + ".");
        }
        return items;
    }

    private static int width(State.Items items, Bindings bindings) {
        int asked = FunctionCall.seconds("MaxConcurrency", items.concurrency().evaluate(bindings), 0);
        return asked == 0 ? WIDEST : Math.min(asked, WIDEST);
    }

    private static ArrayNode process(State.Each each, Visit visit, JsonNode items, int width)
            throws InterruptedException {
        var round = new Round(each, visit, new Semaphore(width), new CompletableFuture<>());
        List<Thread> threads = new ArrayList<>();
        List<CompletableFuture<JsonNode>> results = new ArrayList<>();
        try {
            for (JsonNode item : items) {
                // Here and not on the item's thread: they begin in their order, and none after one has failed.
                round.permits().acquire();
                if (round.failed().isDone()) {
                    break;
                }
                var result = new CompletableFuture<JsonNode>();
                var mapItem = new Course.MapItem(results.size(), item);
                threads.add(visit.course()
                        .workers()
                        .start("map-item-" + mapItem.index(), () -> round.run(mapItem, result)));
                results.add(result);
            }
            var all = CompletableFuture.allOf(results.toArray(CompletableFuture[]::new))
                    .thenApply(nothing -> Json.node(null));
            // Whichever comes first: the last success, or the first failure.
            Workers.await(round.failed().applyToEither(all, it -> it));
        } finally {
            threads.forEach(Thread::interrupt);
        }
        ArrayNode outputs = Json.MAPPER.createArrayNode();
        results.forEach(result -> outputs.add(result.join()));
        return outputs;
    }

    /** One pass over all items. */
    private record Round(State.Each each, Visit visit, Semaphore permits, CompletableFuture<JsonNode> failed) {

        /** Runs an item that has a permit, and gives it back. */
        void run(Course.MapItem item, CompletableFuture<JsonNode> result) {
            try {
                result.complete(walk(item));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException | Error e) {
                // Before the permit is free again, so that no other item takes it.
                failed.completeExceptionally(e);
            } finally {
                permits.release();
            }
        }

        private JsonNode walk(Course.MapItem item) throws InterruptedException {
            Course course = visit.course().forItem(item);
            JsonNode input = each.items()
                    .selector()
                    .map(it -> selected(it, course, visit))
                    .orElse(item.value());
            var start = new Position(
                    each.processor().startAt(),
                    Shaper.limited(input),
                    visit.position().variables(),
                    course.now(),
                    Optional.empty());
            return new Walk(course, each.processor(), Trail.NONE).from(start);
        }
    }

    /** The selector stands in the Map, and so sees the Map's input, and the item in the context. */
    private static JsonNode selected(Template selector, Course course, Visit visit) {
        return selector.evaluate(new Visit(course, visit.position(), visit.trail(), visit.retryCount()).bindings());
    }
}
