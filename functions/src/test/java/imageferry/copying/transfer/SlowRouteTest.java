package imageferry.copying.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import imageferry.copying.CopyScene;
import imageferry.copying.Reason;
import imageferry.copying.StepResult;
import imageferry.copying.TestClock;
import imageferry.copying.queue.Slots;
import imageferry.snapshot.Blob;
import imageferry.snapshot.Bytes;
import imageferry.snapshot.Faults.Call;
import imageferry.snapshot.InMemorySnapshotStore;
import imageferry.snapshot.PartBatch;
import imageferry.snapshot.PartCopy;
import imageferry.snapshot.StoreUnavailable;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rule 13: a copy that no worker can finish in its lifetime is refused, with the numbers. */
class SlowRouteTest {
    private static final Blob SOURCE = new Blob(CopyScene.HOME, "snapshots/s-aaaaaaaaaaaaaaaaa");
    private static final long GIB = 1L << 30;

    private final TestClock clock = new TestClock();
    private final InMemorySnapshotStore store = new InMemorySnapshotStore(clock);
    private final CopyScene scene = new CopyScene(store, clock);

    @BeforeEach
    void aSource() {
        store.put(SOURCE, Bytes.random(1, (int) CopyScene.PART + 1));
    }

    @Test
    void parts_too_large_for_the_remembered_rate_are_refused_before_any_is_copied() {
        scene.streamsMoved(4_700_000);

        assertThat(new RouteRates(new Slots(scene.ledger())).refusal(CopyScene.HOME, CopyScene.FAR, 5 * GIB))
                .hasValue("From us-east-1 to eu-west-1 one stream moved 4,700,000 bytes a second lately, so a part of"
                        + " 5,368,709,120 bytes takes 1,142 s, and a worker has 840 s for one. At that rate an image of at most"
                        + " 39,480,000,000,000 bytes can be copied (10,000 parts); copy this one through a third region,"
                        + " or when the route is faster");
        assertThat(new RouteRates(new Slots(scene.ledger())).refusal(CopyScene.HOME, CopyScene.FAR, 3 * GIB))
                .isEmpty();
    }

    @Test
    void nothing_is_refused_on_an_unmeasured_route() {
        assertThat(new RouteRates(new Slots(scene.ledger())).refusal(CopyScene.HOME, CopyScene.FAR, 5 * GIB))
                .isEmpty();
        scene.streamsMoved(4_700_000);

        assertThat(new RouteRates(new Slots(scene.ledger())).refusal(CopyScene.FAR, CopyScene.HOME, 5 * GIB))
                .isEmpty();
    }

    @Test
    void a_copy_near_the_limit_is_tried() {
        scene.streamsMoved(3_000_000);
        var inTime = 3_000_000 * PartCopy.LONGEST.toSeconds();

        assertThat(new RouteRates(new Slots(scene.ledger())).refusal(CopyScene.HOME, CopyScene.FAR, inTime * 6 / 5))
                .isEmpty();
        assertThat(new RouteRates(new Slots(scene.ledger())).refusal(CopyScene.HOME, CopyScene.FAR, inTime * 4 / 3))
                .isPresent();
    }

    @Test
    void one_dead_connection_does_not_end_a_copy_with_arrived_parts() {
        var copy = scene.copying(SOURCE, CopyScene.PART, CopyScene.FAR);
        scene.start(copy);
        store.faults().before(Call.COPY_PART, number -> {
            if (number > 1) {
                clock.advance(PartCopy.LONGEST);
                throw new StoreUnavailable("No answer in 840 s");
            }
        });
        scene.copyParts(copy, new PartBatch(1, 1, 1));

        assertThatExceptionOfType(StoreUnavailable.class)
                .isThrownBy(() -> scene.copyParts(copy, new PartBatch(2, 2, 2), lifeFromNow()));
    }

    @Test
    void a_worker_reports_a_slow_route_once_and_stops() {
        var copy = scene.copying(SOURCE, CopyScene.PART, CopyScene.FAR);
        scene.start(copy);
        store.faults().before(Call.COPY_PART, number -> {
            clock.advance(PartCopy.LONGEST);
            throw new StoreUnavailable("No answer in 840 s");
        });

        var result = scene.copyParts(copy, new PartBatch(1, 1, 1), lifeFromNow());

        assertThat(result)
                .isEqualTo(new StepResult.Refused<>(new Reason(
                        "SizeExceed.Image",
                        "From us-east-1 to eu-west-1 no part of 5,242,880 bytes was copied in the 840 s that a worker has for"
                                + " one, so a stream moves less than 6,242 bytes a second; copy the image through a third region,"
                                + " or retry when the route is faster")));
    }

    private Deadline lifeFromNow() {
        var end = clock.instant().plus(Duration.ofMinutes(15));
        return () -> Duration.between(clock.instant(), end);
    }
}
