package imageferry.copying.transfer;

import static imageferry.copying.InMemoryService.AWAY;
import static imageferry.copying.InMemoryService.HOME;
import static imageferry.copying.InMemoryService.OWNER;
import static imageferry.copying.InMemoryService.accepted;
import static org.assertj.core.api.Assertions.assertThat;

import imageferry.account.Caller;
import imageferry.copying.Copy;
import imageferry.copying.CopyStatus;
import imageferry.copying.Groups;
import imageferry.copying.InMemoryService;
import imageferry.copying.Throughput;
import imageferry.copying.ending.CreateImage;
import imageferry.copying.request.CancelCopy;
import imageferry.copying.request.RequestImport;
import imageferry.image.Image;
import imageferry.image.ImageName;
import imageferry.image.Labels;
import imageferry.modification.Modification;
import imageferry.snapshot.Blob;
import imageferry.snapshot.Bytes;
import imageferry.snapshot.PartBatch;
import imageferry.usage.Bill;
import imageferry.usage.Budget;
import imageferry.usage.DescribeUsage;
import imageferry.usage.Prices;
import imageferry.usage.Usage;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A copy of a new version moves only the parts that no older version in the target region has. */
class IncrementalCopyTest {
    private static final int PARTS = 4;
    private static final String FAMILY = "web";

    private final InMemoryService service = new InMemoryService();
    private final int partSize =
            (int) service.planner.plan(PARTS * 5L * 1024 * 1024).partSizeBytes();
    private final byte[] first = random(PARTS * partSize - 1_000);

    @Test
    void equal_parts_come_from_the_older_version() {
        copied(imported("v1", FAMILY, first));

        var copy = copied(imported("v2", FAMILY, changed(first, 2)));

        assertThat(copy.status()).isEqualTo(CopyStatus.AVAILABLE);
        assertThat(copy.end().bytesSaved()).isEqualTo(first.length - partSize);
        assertThat(service.store.read(copy.target())).isEqualTo(changed(first, 2));
        assertThat(moved())
                .containsExactly(new Bill.Moved(HOME, AWAY, first.length + partSize, first.length - partSize));
    }

    @Test
    void a_version_of_twenty_parts_that_differs_in_one_moves_at_most_six_percent() {
        var large = random(20 * partSize);
        copied(imported("v1", FAMILY, large));

        var copy = copied(imported("v2", FAMILY, changed(large, 7)));

        assertThat(copy.partSizeBytes()).isEqualTo(partSize);
        assertThat(copy.bytesTotal() - copy.end().bytesSaved())
                .isPositive()
                .isLessThanOrEqualTo(large.length * 6L / 100);
        assertThat(moved())
                .containsExactly(new Bill.Moved(HOME, AWAY, large.length + partSize, large.length - partSize));
    }

    @Test
    void a_longer_version_takes_the_parts_of_the_older_one() {
        copied(imported("v1", FAMILY, first));
        var longer = new byte[first.length + 50_000];
        System.arraycopy(first, 0, longer, 0, first.length);

        var copy = copied(imported("v2", FAMILY, longer));

        assertThat(copy.partSizeBytes()).isEqualTo(partSize);
        assertThat(copy.end().bytesSaved()).isEqualTo((PARTS - 1L) * partSize);
        assertThat(service.store.read(copy.target())).isEqualTo(longer);
    }

    @Test
    void a_second_copy_of_one_image_moves_nothing() {
        var image = imported("golden", null, first);
        var earlier = copied(image);
        rename(earlier);

        var copy = copied(image);

        assertThat(copy.end().bytesSaved()).isEqualTo(first.length);
        assertThat(moved()).containsExactly(new Bill.Moved(HOME, AWAY, first.length, first.length));
    }

    @Test
    void without_a_family_two_imports_are_not_versions_of_each_other() {
        copied(imported("v1", null, first));

        assertThat(copied(imported("v2", null, first)).transfer().base()).isNull();
    }

    @Test
    void another_accounts_image_is_never_read() {
        var theirs = imported(InMemoryService.FRIEND, "v1", FAMILY, first);
        finish(service.copies.require(new Groups(service.ledger)
                .find(accepted(service.copy(InMemoryService.FRIEND, theirs)))
                .orElseThrow()
                .copies()
                .getFirst()));

        assertThat(copied(imported("v2", FAMILY, first)).transfer().base()).isNull();
    }

    @Test
    void an_older_version_deleted_meanwhile_only_costs_time() {
        var old = service.made(copied(imported("v1", FAMILY, first)).id());
        var copy = service.copies.require(service.copying(imported("v2", FAMILY, changed(first, 2))));
        var batches = service.begin(copy.id());
        assertThat(service.copies.require(copy.id()).transfer().base()).isNotNull();
        service.store.delete(old.blob());

        var done = finish(copy, batches);

        assertThat(done.status()).isEqualTo(CopyStatus.AVAILABLE);
        assertThat(done.end().bytesSaved()).isZero();
        assertThat(service.store.read(done.target())).isEqualTo(changed(first, 2));
    }

    @Test
    void parts_that_a_cancelled_copy_took_from_an_older_version_are_not_charged() {
        copied(imported("v1", FAMILY, first));
        var copy = service.copies.require(service.copying(imported("v2", FAMILY, changed(first, 2))));
        for (var batch : service.begin(copy.id())) {
            service.copyParts(copy.id(), batch);
        }
        var cancelling = new CancelCopy(service.ledger, service.visible, service.copies, service.clock);
        accepted(cancelling.cancel(OWNER, copy.image().value()));
        service.settling.settle(copy.id(), InMemoryService.OUTAGE);

        assertThat(service.copies.require(copy.id()).end().bytesSaved()).isEqualTo(first.length - partSize);
        assertThat(moved())
                .containsExactly(new Bill.Moved(HOME, AWAY, first.length + partSize, first.length - partSize));
    }

    private Image imported(String name, @Nullable String family, byte[] bytes) {
        return imported(OWNER, name, family, bytes);
    }

    private Image imported(Caller owner, String name, @Nullable String family, byte[] bytes) {
        var key = "imports/" + owner.account() + "/" + name;
        service.store.put(new Blob(HOME, key), Bytes.of(bytes));
        var labels = new Labels(null, family, Map.of());
        var request = new RequestImport.Request(
                HOME.name(), new ImageName(name), key, InMemoryService.ANY_BYTES, labels, null);
        var copy = accepted(service.requestImport().request(owner, request));
        service.finish(copy);
        return service.made(copy);
    }

    private Copy copied(Image image) {
        return finish(service.copies.require(service.copying(image)));
    }

    private Copy finish(Copy copy) {
        service.finish(copy.id());
        return service.copies.require(copy.id());
    }

    private Copy finish(Copy copy, List<PartBatch> batches) {
        batches.forEach(batch -> service.copyParts(copy.id(), batch));
        new CompleteSnapshotCopy(service.store, service.copies, service.clock).complete(copy.id());
        new CreateImage(service.ledger, service.copies, service.store, service.granting, service.clock)
                .create(copy.id());
        return service.copies.require(copy.id());
    }

    private void rename(Copy earlier) {
        accepted(service.modifying()
                .modify(
                        OWNER,
                        earlier.image().value(),
                        new Modification(new ImageName("earlier"), null, null, null, null, null, null, null)));
    }

    private List<Bill.Moved> moved() {
        var free = new Prices(BigDecimal.ZERO, BigDecimal.ZERO);
        return accepted(new DescribeUsage(new Usage(service.ledger), new Budget(service.ledger), 0, free, service.clock)
                        .of(OWNER, null, null))
                .moved();
    }

    private static byte[] random(int length) {
        var bytes = new byte[length];
        new Random(1).nextBytes(bytes);
        return bytes;
    }

    /** The same bytes, with one byte of that part changed. */
    private byte[] changed(byte[] bytes, int part) {
        var changed = bytes.clone();
        changed[(part - 1) * partSize + 17] ^= 1;
        return changed;
    }

    @Test
    void only_the_moved_bytes_count_for_the_throughput_of_the_region() {
        copied(imported("v1", FAMILY, first));
        assertThat(throughput().bytes()).isEqualTo(first.length);

        copied(imported("v2", FAMILY, changed(first, 2)));

        assertThat(throughput().bytes()).isEqualTo(first.length - first.length / 8 + partSize);
    }

    @Test
    void a_copy_that_moved_nothing_says_nothing_of_the_throughput() {
        var image = imported("v1", FAMILY, first);
        var earlier = copied(image);
        var before = throughput();
        rename(earlier);

        copied(image);

        assertThat(throughput()).isEqualTo(before);
    }

    private Throughput throughput() {
        return Objects.requireNonNull(service.slots.use(AWAY).throughput());
    }
}
