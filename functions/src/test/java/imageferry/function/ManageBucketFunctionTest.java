package imageferry.function;

import static org.assertj.core.api.Assertions.assertThat;

import imageferry.function.event.BucketAnswer;
import imageferry.function.event.BucketRequest;
import imageferry.id.CopyId;
import imageferry.id.Ids;
import imageferry.id.SnapshotId;
import imageferry.ownership.Ownership.Owner;
import imageferry.region.Region;
import imageferry.snapshot.Blob;
import imageferry.snapshot.Bytes;
import java.time.Duration;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The operator sees a bucket's state, and changes it only by naming the number of snapshots in question. */
@Tag("slow")
class ManageBucketFunctionTest {
    private static final Region AWAY = new Region("eu-west-1");

    private final World world = new World();
    private final Ids ids = new Ids(new Random(7));
    private final ManageBucketFunction function = new ManageBucketFunction(world.app.forEvents());

    @Test
    void orphans_are_listed_and_released_by_their_number() {
        assertThat(world.app.ownership().acquire(AWAY)).isEmpty();
        snapshots(30);
        world.later(Duration.ofHours(2));

        assertThat(asked("orphans", null))
                .returns(false, BucketAnswer::done)
                .returns(30, BucketAnswer::count)
                .extracting(BucketAnswer::message)
                .isEqualTo("30 snapshots in eu-west-1 without an image in the table. "
                        + "To confirm, run ./stacks orphans eu-west-1 --confirm 30");
        assertThat(asked("orphans", 29))
                .returns(false, BucketAnswer::done)
                .extracting(BucketAnswer::message)
                .asString()
                .contains(", not 29. To confirm");
        assertThat(asked("orphans", 30)).returns(true, BucketAnswer::done);
        assertThat(asked("orphans", null)).returns(0, BucketAnswer::count);
    }

    @Test
    void a_bucket_is_adopted_by_the_number_of_its_snapshots() {
        world.store.createText(Blob.ledger(AWAY), "l-aaaaaaaaaaaaaaaaa");

        assertThat(asked("orphans", 2))
                .returns(false, BucketAnswer::done)
                .extracting(BucketAnswer::message)
                .asString()
                .contains("another installation");
        assertThat(asked("adopt", null))
                .returns(false, BucketAnswer::done)
                .extracting(BucketAnswer::message)
                .asString()
                .contains("0 snapshots", "ANOTHER_INSTALLATION", "--confirm 0");
        assertThat(world.app.ownership().of(AWAY)).isEqualTo(Owner.ANOTHER_INSTALLATION);

        assertThat(asked("adopt", 0)).returns(true, BucketAnswer::done);
        assertThat(world.app.ownership().of(AWAY)).isEqualTo(Owner.THIS_INSTALLATION);
    }

    @Test
    void a_bucket_with_snapshots_that_the_table_does_not_know_is_not_adopted() {
        world.store.createText(Blob.ledger(AWAY), "l-aaaaaaaaaaaaaaaaa");
        snapshots(2);

        assertThat(asked("adopt", 2))
                .returns(false, BucketAnswer::done)
                .extracting(BucketAnswer::message)
                .asString()
                .contains("2 objects that the table does not know");
        assertThat(world.app.ownership().of(AWAY)).isEqualTo(Owner.ANOTHER_INSTALLATION);
    }

    private void snapshots(int count) {
        for (var number = 0; number < count; number++) {
            world.store.put(Blob.of(AWAY, SnapshotId.madeBy(CopyId.random(ids))), Bytes.random(number, 10));
        }
    }

    private BucketAnswer asked(String operation, @Nullable Integer count) {
        return function.handleRequest(new BucketRequest(operation, AWAY.name(), count), new LambdaCall());
    }
}
