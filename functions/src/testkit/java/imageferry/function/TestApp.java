package imageferry.function;

import imageferry.copying.Executions;
import imageferry.copying.transfer.Pause;
import imageferry.ledger.Ledger;
import imageferry.snapshot.SnapshotStore;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;

/** The composition root over a test's ports. The bus accepts every event, nobody reads it, and metrics are dropped. */
public final class TestApp {
    /** For workers that repeat at once. */
    public static final Pause NONE = (least, spread) -> {};

    private TestApp() {}

    /** @param variables the environment, where it differs from the usual one */
    public static App over(
            Map<String, String> variables,
            Ledger ledger,
            SnapshotStore store,
            Executions executions,
            Pause pause,
            InstantSource clock,
            RandomGenerator random) {
        var environment = new HashMap<>(CompleteEnvironment.VARIABLES);
        environment.putAll(variables);
        return new App(
                Configuration.from(environment),
                new Ports(
                        () -> ledger,
                        () -> store,
                        () -> executions,
                        () -> events -> OptionalInt.empty(),
                        World.unheard(clock),
                        pause,
                        clock,
                        random));
    }
}
