package imageferry.simulation;

import imageferry.function.WiredService;
import java.util.List;
import java.util.stream.Stream;

/** The schedule of the sweeper, which a history starts. */
final class Sweeper {
    private static final long FIVE_MINUTES = 300_000_000;

    private final World world;
    private int sweeps;

    Sweeper(World world) {
        this.world = world;
    }

    void sweep() {
        world.neighbour.sweep();
        var calm = world.troubles.ended();
        world.invocations.begin(
                "sweep " + ++sweeps,
                FIVE_MINUTES,
                this::sweep,
                failure -> List.of(),
                failures -> world.verdict.require(
                        !calm || failures.isEmpty(), "A sweep in calm times works", () -> failures));
    }

    private List<String> sweep(WiredService service) {
        var now = world.clock.instant();
        var removed = Stream.of(
                        service.removals().finishAll(now), service.purgeImages().purgeDue(now))
                .flatMap(finished -> finished.failures().stream())
                .toList();
        var swept = service.sweepCopies().sweep(now).failures().stream()
                .filter(failure -> !isOfNeighbour(failure))
                .toList();
        return removed.isEmpty() ? swept : removed;
    }

    private boolean isOfNeighbour(String failure) {
        return world.neighbour
                .region()
                .filter(region -> failure.startsWith("The bucket of " + region)
                        && failure.contains("belongs to the table of another installation"))
                .isPresent();
    }
}
