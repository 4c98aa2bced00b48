package imageferry.local.prove;

import com.fasterxml.jackson.databind.JsonNode;
import imageferry.rule.Count;
import java.util.Objects;
import software.amazon.awssdk.services.sfn.model.ExecutionDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;

/** Lets Lambda refuse all copy workers for a while. */
record ThrottledWorkers(Installation installation) implements Step {
    private static final String REFUSED = "Lambda.TooManyRequestsException";

    @Override
    public String name() {
        return "Concurrency";
    }

    @Override
    public String asked() {
        return "A copy whose workers Lambda refuses waits, the API answers meanwhile, and the copy becomes Available later.";
    }

    @Override
    public Outcome run() throws Exception {
        var copies = new Copies(installation);
        var _ = installation.original();
        JsonNode copy;
        long refused;
        try (var _ = Workers.stopped(installation)) {
            copy = copies.start("throttled");
            var execution =
                    installation.stateMachine().replace(":stateMachine:", ":execution:") + ":" + Copies.id(copy);
            refused = copies.patience().until("a refused worker", () -> refusals(execution), count -> count > 0);
            var status = Copies.status(copies.now(copy));
            if (!status.equals("Copying")) {
                return new Outcome.Failed("The status of the copy with refused workers was " + status + ".");
            }
        }
        var ended = copies.ended(copy);
        return Copies.status(ended).equals("Available")
                ? new Outcome.Passed("After " + Count.of(refused, "invocation") + " refused with " + REFUSED
                        + " and answers of the API, the copy became Available.")
                : new Outcome.Failed("The copy ended as " + Copies.described(ended) + ".");
    }

    private long refusals(String execution) {
        try (var executions =
                installation.access().executions(installation.settings().home())) {
            return executions.getExecutionHistoryPaginator(r -> r.executionArn(execution)).events().stream()
                    .map(HistoryEvent::taskFailedEventDetails)
                    .filter(Objects::nonNull)
                    .filter(failed -> REFUSED.equals(failed.error()))
                    .count();
        } catch (ExecutionDoesNotExistException notYet) {
            return 0;
        }
    }
}
