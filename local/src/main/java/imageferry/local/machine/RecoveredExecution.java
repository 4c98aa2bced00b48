package imageferry.local.machine;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** An execution as its journal records it: its start, its current state, its end. */
record RecoveredExecution(
        HistoryEvent.ExecutionStarted started,
        Optional<StateEntry> entry,
        Optional<HistoryEvent.ExecutionEnded> ended) {
    /** Returns empty if the start itself is incomplete: no caller got an answer for it. */
    static Optional<RecoveredExecution> of(List<HistoryEvent> events) {
        if (events.isEmpty() || !(events.getFirst() instanceof HistoryEvent.ExecutionStarted started)) {
            return Optional.empty();
        }
        var recovered = new RecoveredExecution(started, Optional.empty(), Optional.empty());
        for (var event : events.subList(1, events.size())) {
            recovered = recovered.after(event);
        }
        return Optional.of(recovered);
    }

    private RecoveredExecution after(HistoryEvent event) {
        return switch (event) {
            case HistoryEvent.ExecutionStarted repeated -> this;
            case HistoryEvent.StateEntered entered ->
                at(new StateEntry(
                        entered.state(),
                        entered.input(),
                        entered.variables(),
                        Instant.parse(entered.at()),
                        Optional.empty()));
            case HistoryEvent.TaskScheduled scheduled -> {
                var deadline = Optional.ofNullable(scheduled.deadline()).map(Instant::parse);
                var tokenWait = new StateEntry.TokenWait(scheduled.token(), deadline, false, Optional.empty());
                yield entry.map(here -> at(here.waitingFor(tokenWait))).orElse(this);
            }
            case HistoryEvent.TaskSubmitted invoked ->
                tokenWait(invoked.token(), StateEntry.TokenWait::afterInvocation);
            case HistoryEvent.TaskSucceeded answered ->
                tokenWait(answered.token(), tokenWait -> tokenWait.answered(new TaskResult.Success(answered.output())));
            case HistoryEvent.TaskFailed refused ->
                tokenWait(
                        refused.token(),
                        tokenWait -> tokenWait.answered(new TaskResult.Failure(
                                Optional.ofNullable(refused.error()), Optional.ofNullable(refused.cause()))));
            case HistoryEvent.ExecutionEnded end -> new RecoveredExecution(started, entry, Optional.of(end));
        };
    }

    private RecoveredExecution at(StateEntry here) {
        return new RecoveredExecution(started, Optional.of(here), ended);
    }

    /** An event of a token that is no longer waited for changes nothing. */
    private RecoveredExecution tokenWait(String token, UnaryOperator<StateEntry.TokenWait> change) {
        return entry.filter(here -> here.tokenWait()
                        .filter(tokenWait -> tokenWait.token().equals(token))
                        .isPresent())
                .map(here -> at(here.waitingFor(change.apply(here.tokenWait().orElseThrow()))))
                .orElse(this);
    }
}
