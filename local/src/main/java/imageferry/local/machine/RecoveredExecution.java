package imageferry.local.machine;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** An execution as its journal records it: its start, its current state, its end. */
record RecoveredExecution(
        HistoryEvent.ExecutionStarted started,
        @Nullable StateEntry entry,
        HistoryEvent.@Nullable ExecutionEnded ended) {
    /** Returns an execution that has entered no state yet. */
    static RecoveredExecution of(HistoryEvent.ExecutionStarted started) {
        return new RecoveredExecution(started, null, null);
    }

    /** Returns empty if the start itself is incomplete: no caller got an answer for it. */
    static Optional<RecoveredExecution> of(List<HistoryEvent> events) {
        if (events.isEmpty() || !(events.getFirst() instanceof HistoryEvent.ExecutionStarted started)) {
            return Optional.empty();
        }
        var recovered = of(started);
        for (var event : events.subList(1, events.size())) {
            recovered = recovered.after(event);
        }
        return Optional.of(recovered);
    }

    private RecoveredExecution after(HistoryEvent event) {
        return switch (event) {
            case HistoryEvent.ExecutionStarted repeated -> this;
            case HistoryEvent.StateEntered entered ->
                at(StateEntry.of(entered.state(), entered.input(), entered.variables(), Instant.parse(entered.at())));
            case HistoryEvent.TaskScheduled scheduled -> {
                var deadline = scheduled.deadline() == null ? null : Instant.parse(scheduled.deadline());
                var tokenWait = StateEntry.TokenWait.of(scheduled.token(), deadline);
                yield entry == null ? this : at(entry.waitingFor(tokenWait));
            }
            case HistoryEvent.TaskSubmitted invoked ->
                tokenWait(invoked.token(), StateEntry.TokenWait::afterInvocation);
            case HistoryEvent.TaskSucceeded answered ->
                tokenWait(answered.token(), tokenWait -> tokenWait.answered(new TaskResult.Success(answered.output())));
            case HistoryEvent.TaskFailed refused ->
                tokenWait(
                        refused.token(),
                        tokenWait -> tokenWait.answered(new TaskResult.Failure(refused.error(), refused.cause())));
            case HistoryEvent.ExecutionEnded end -> new RecoveredExecution(started, entry, end);
        };
    }

    private RecoveredExecution at(StateEntry here) {
        return new RecoveredExecution(started, here, ended);
    }

    /** An event of a token that is no longer waited for changes nothing. */
    private RecoveredExecution tokenWait(String token, UnaryOperator<StateEntry.TokenWait> change) {
        if (entry == null
                || entry.tokenWait() == null
                || !entry.tokenWait().token().equals(token)) {
            return this;
        }
        return at(entry.waitingFor(change.apply(entry.tokenWait())));
    }
}
