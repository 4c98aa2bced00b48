package imageferry.function;

import imageferry.copying.Executions;
import imageferry.copying.transfer.Pause;
import imageferry.function.edge.Metrics;
import imageferry.ledger.Ledger;
import imageferry.publishing.Bus;
import imageferry.snapshot.SnapshotStore;
import java.time.InstantSource;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Everything that reaches outside, each made when a use case first needs it, so that a function starts only the clients
 * that it uses.
 *
 * @param pause between the attempts of a worker
 * @param clock to the millisecond
 * @param random cryptographic in production
 */
public record Ports(
        Supplier<Ledger> ledger,
        Supplier<SnapshotStore> store,
        Supplier<Executions> executions,
        Supplier<Bus> bus,
        Metrics metrics,
        Pause pause,
        InstantSource clock,
        RandomGenerator random) {}
