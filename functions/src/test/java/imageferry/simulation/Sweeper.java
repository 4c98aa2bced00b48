package imageferry.simulation;

import imageferry.function.WiredService;
import java.util.List;

/** The schedule of the sweeper, which a history starts. */
final class Sweeper {
    private static final long FIVE_MINUTES = 300_000_000;

    private final World world;
    private int sweeps;

    Sweeper(World world) {
        this.world = world;
    }

    void sweep() {
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
        var removed = service.deleteImage().finishAll(now).failures();
        var swept = service.sweepCopies().sweep(now).failures();
        return removed.isEmpty() ? swept : removed;
    }
}
