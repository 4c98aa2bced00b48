package imageferry.local.machine;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The record from which a flow is resumed. A machine's own flow has it in its journal; a Map's items have none. */
interface History {
    /** Items are not resumed one by one: their Map starts over. */
    History NONE = entry -> {};

    void entered(StateEntry entry) throws InterruptedException;

    /** Records a new token, before any function gets it. */
    default OpenTask schedule(StateEntry.TokenWait tokenWait) throws InterruptedException {
        throw new IllegalStateException("A task token inside a Map");
    }

    /** Reopens a token that an earlier process recorded. */
    default OpenTask resume(StateEntry.TokenWait tokenWait) {
        throw new IllegalStateException("A task token inside a Map");
    }

    /** The history of a machine's own flow, with its open tokens. */
    final class Durable implements History {
        private final Journal journal;
        private final Environment environment;
        private final Map<String, OpenTask> open = new ConcurrentHashMap<>();

        Durable(Journal journal, Environment environment) {
            this.journal = journal;
            this.environment = environment;
        }

        @Override
        public void entered(StateEntry entry) throws InterruptedException {
            closeTokens();
            journal.appendPatiently(
                    new HistoryEvent.StateEntered(
                            entry.state(),
                            entry.input(),
                            entry.variables(),
                            entry.enteredAt().toString()),
                    environment);
        }

        @Override
        public OpenTask schedule(StateEntry.TokenWait tokenWait) throws InterruptedException {
            closeTokens();
            journal.appendPatiently(
                    new HistoryEvent.TaskScheduled(
                            tokenWait.token(),
                            tokenWait.deadline() == null
                                    ? null
                                    : tokenWait.deadline().toString()),
                    environment);
            return open(tokenWait);
        }

        @Override
        public OpenTask resume(StateEntry.TokenWait tokenWait) {
            return Optional.ofNullable(open.get(tokenWait.token())).orElseGet(() -> open(tokenWait));
        }

        private OpenTask open(StateEntry.TokenWait tokenWait) {
            var task = new OpenTask(tokenWait.token(), journal);
            if (tokenWait.result() != null) {
                task.settle(tokenWait.result());
            }
            open.put(tokenWait.token(), task);
            return task;
        }

        Optional<OpenTask> find(String token) {
            return Optional.ofNullable(open.get(token));
        }

        void closeTokens() {
            open.values().forEach(OpenTask::close);
            open.clear();
        }
    }
}
