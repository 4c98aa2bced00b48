package imageferry.function;

import imageferry.copying.Executions;
import imageferry.copying.Reason;
import imageferry.copying.Wake;
import imageferry.function.edge.Metrics;
import imageferry.id.CopyId;
import imageferry.ledger.InMemoryLedger;
import imageferry.publishing.Bus;
import imageferry.publishing.Event;
import imageferry.snapshot.InMemorySnapshotStore;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;

/** Everything outside the functions, in memory, and the same for every run. */
final class World {
    private Instant now = Instant.parse("2026-11-23T10:15:30.250Z");

    final InstantSource clock = () -> now;
    final InMemoryLedger ledger = new InMemoryLedger();
    final InMemorySnapshotStore store = new InMemorySnapshotStore(clock);
    final List<String> told = new ArrayList<>();
    /** The metrics, as the functions print them. */
    final ByteArrayOutputStream measured = new ByteArrayOutputStream();

    final List<Event> published = new ArrayList<>();
    private OptionalInt refusedEvent = OptionalInt.empty();
    private boolean executionsFail;

    final TableStream stream = new TableStream(ledger, clock);
    final App app;

    World() {
        this(Map.of());
    }

    /** @param parameters replace the template's defaults, by the variables' names */
    World(Map<String, String> parameters) {
        var environment = new HashMap<>(CompleteEnvironment.VARIABLES);
        environment.putAll(parameters);
        this.app = new App(
                Configuration.from(environment),
                new Ports(
                        () -> stream,
                        () -> store,
                        Told::new,
                        Published::new,
                        new Metrics("imageferry", new PrintStream(measured, true, StandardCharsets.UTF_8), clock),
                        TestApp.NONE,
                        clock,
                        new Random(1)));
    }

    /** Metrics without a reader. */
    static Metrics unheard(InstantSource clock) {
        return new Metrics("imageferry", new PrintStream(OutputStream.nullOutputStream()), clock);
    }

    void later(Duration time) {
        now = now.plus(time);
    }

    void refuseEvent(int index) {
        refusedEvent = OptionalInt.of(index);
    }

    void failExecutions(boolean fail) {
        executionsFail = fail;
    }

    /** Records the answers to executions' tokens. */
    private final class Told implements Executions {
        @Override
        public void start(CopyId copy) {
            tell("start " + copy);
        }

        @Override
        public State state(CopyId copy) {
            return State.RUNNING;
        }

        @Override
        public void go(CopyId copy, Wake wake) {
            tell("go " + copy + " " + wake.token());
        }

        @Override
        public void stop(CopyId copy, Wake wake, Reason reason) {
            tell("stop " + copy + " " + wake.token() + " " + reason.code());
        }

        private void tell(String sentence) {
            if (executionsFail) {
                throw new IllegalStateException("Step Functions is out of reach");
            }
            told.add(sentence);
        }
    }

    /** Keeps published events, up to one that it refuses. */
    private final class Published implements Bus {
        @Override
        public OptionalInt publish(List<Event> events) {
            published.addAll(events.subList(0, refusedEvent.orElse(events.size())));
            return refusedEvent;
        }
    }
}
