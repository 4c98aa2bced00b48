package imageferry.local.machine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import imageferry.local.machine.definition.Bindings;
import imageferry.local.machine.definition.ErrorNames;
import imageferry.local.machine.definition.Json;
import imageferry.local.machine.definition.State;
import imageferry.local.machine.definition.StateFailure;
import imageferry.local.machine.definition.ValueTemplate;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;

/** Runs Map states: each item on its own thread, within the allowed concurrency. The first failure ends them all. */
final class Maps {
    /** The quota of Step Functions for concurrent items of an inline Map. */
    private static final int MAX_CONCURRENCY = 40;

    private Maps() {}

    static Transition run(State.MapState each, Attempt attempt) throws InterruptedException {
        var items = items(each.items(), attempt.bindings());
        var concurrency = concurrency(each.items(), attempt.bindings());
        var result = OutputProcessor.limited(process(each, attempt, items, concurrency));
        return OutputProcessor.process(each.processing(), each.next().state(), attempt.withResult(result), result);
    }

    private static JsonNode items(State.Items from, Bindings bindings) {
        var items = from.items().evaluate(bindings);
        if (!items.isArray()) {
            throw new StateFailure(
                    ErrorNames.QUERY_EVALUATION, "Items must be a list, not " + items.getNodeType() + ".");
        }
        return items;
    }

    private static int concurrency(State.Items items, Bindings bindings) {
        var asked = FunctionCall.seconds("MaxConcurrency", items.concurrency().evaluate(bindings), 0);
        return asked == 0 ? MAX_CONCURRENCY : Math.min(asked, MAX_CONCURRENCY);
    }

    private static ArrayNode process(State.MapState each, Attempt attempt, JsonNode items, int concurrency)
            throws InterruptedException {
        var run = new MapRun(each, attempt, new Semaphore(concurrency), new CompletableFuture<>());
        var threads = new ArrayList<Thread>();
        var results = new ArrayList<CompletableFuture<JsonNode>>();
        try {
            for (var item : items) {
                // Here and not on the item's thread: items start in order, and none after one has failed.
                run.permits().acquire();
                if (run.failed().isDone()) {
                    break;
                }
                var result = new CompletableFuture<JsonNode>();
                var mapItem = new ExecutionContext.MapItem(results.size(), item);
                threads.add(attempt.context()
                        .workers()
                        .start("map-item-" + mapItem.index(), () -> run.run(mapItem, result)));
                results.add(result);
            }
            var all = CompletableFuture.allOf(results.toArray(CompletableFuture[]::new))
                    .thenApply(nothing -> Json.node(null));
            // Whichever comes first: the last success, or the first failure.
            Workers.await(run.failed().applyToEither(all, it -> it));
        } finally {
            threads.forEach(Thread::interrupt);
        }
        var outputs = Json.MAPPER.createArrayNode();
        results.forEach(result -> outputs.add(result.join()));
        return outputs;
    }

    private record MapRun(State.MapState each, Attempt attempt, Semaphore permits, CompletableFuture<JsonNode> failed) {
        /** Runs an item that has a permit, and gives it back. */
        void run(ExecutionContext.MapItem item, CompletableFuture<JsonNode> result) {
            try {
                result.complete(process(item));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException | Error e) {
                // Before the permit is released, so that no other item takes it.
                failed.completeExceptionally(e);
            } finally {
                permits.release();
            }
        }

        private JsonNode process(ExecutionContext.MapItem item) throws InterruptedException {
            var context = attempt.context().forItem(item);
            var selector = each.items().selector();
            var input = selector == null ? item.value() : selected(selector, context, attempt);
            var start = StateEntry.of(
                    each.processor().startAt(),
                    OutputProcessor.limited(input),
                    attempt.entry().variables(),
                    context.now());
            return new FlowExecution(context, each.processor(), History.NONE).from(start);
        }
    }

    /** The selector belongs to the Map, and so sees the Map's input, and the item in the context. */
    private static JsonNode selected(ValueTemplate selector, ExecutionContext context, Attempt attempt) {
        return selector.evaluate(
                new Attempt(context, attempt.entry(), attempt.history(), attempt.retryCount()).bindings());
    }
}
