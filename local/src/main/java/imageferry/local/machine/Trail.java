package imageferry.local.machine;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** What a flow leaves behind so that it can be resumed: a machine's own flow in its journal, a Map's items nothing. */
interface Trail {

    /** Items are not resumed one by one: their Map starts over. */
    Trail NONE = position -> {};

    void entered(Position position) throws InterruptedException;

    /** Notes a new token, before any function hears of it. */
    default OpenTask park(Position.Parking parking) throws InterruptedException {
        throw new IllegalStateException("A task token inside a Map.");
    }

    /** Takes up a token that was noted before this process. */
    default OpenTask resume(Position.Parking parking) {
        throw new IllegalStateException("A task token inside a Map.");
    }

    /** The trail of a machine's own flow; its open tokens can be answered by whoever holds them. */
    final class Written implements Trail {

        private final Journal journal;
        private final Surroundings around;
        private final Map<String, OpenTask> open = new ConcurrentHashMap<>();

        Written(Journal journal, Surroundings around) {
            this.journal = journal;
            this.around = around;
        }

        @Override
        public void entered(Position position) throws InterruptedException {
            closeTokens();
            journal.appendPatiently(
                    new Line.Entered(
                            position.state(),
                            position.input(),
                            position.variables(),
                            position.enteredAt().toString()),
                    around);
        }

        @Override
        public OpenTask park(Position.Parking parking) throws InterruptedException {
            closeTokens();
            journal.appendPatiently(
                    new Line.Parked(
                            parking.token(),
                            parking.deadline().map(Object::toString).orElse(null)),
                    around);
            return open(parking);
        }

        @Override
        public OpenTask resume(Position.Parking parking) {
            return Optional.ofNullable(open.get(parking.token())).orElseGet(() -> open(parking));
        }

        private OpenTask open(Position.Parking parking) {
            var task = new OpenTask(parking.token(), journal);
            parking.verdict().ifPresent(task::settle);
            open.put(parking.token(), task);
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
