package imageferry.copying.request;

import static imageferry.copying.InMemoryService.ANY_BYTES;
import static imageferry.copying.InMemoryService.HOME;
import static imageferry.copying.InMemoryService.OWNER;
import static imageferry.copying.InMemoryService.accepted;
import static imageferry.copying.InMemoryService.violations;
import static org.assertj.core.api.Assertions.assertThat;

import imageferry.copying.InMemoryService;
import imageferry.id.CopyId;
import imageferry.id.ImageId;
import imageferry.id.SnapshotId;
import imageferry.image.Image;
import imageferry.image.ImageName;
import imageferry.image.ImageStatus;
import imageferry.image.Images;
import imageferry.image.Labels;
import imageferry.image.SampleImages;
import imageferry.region.Regions;
import imageferry.rule.Code;
import imageferry.rule.Result;
import imageferry.rule.Violation;
import imageferry.snapshot.BlobFacts;
import imageferry.snapshot.Checksum;
import imageferry.snapshot.SnapshotStore;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Uploads of sizes that no test can store: the store shows them, and their bytes are all 0. */
class HugeUploadsTest {
    private static final String KEY = Regions.importPrefix(OWNER.account()) + "disk";
    private static final long TEN_GIB = 10L << 30;

    private final InMemoryService service = new InMemoryService();

    private Result<CopyId> imported(long sizeBytes, Labels labels) {
        var facts = Optional.of(new BlobFacts(sizeBytes, "\"e\"", Map.of()));
        var store = (SnapshotStore) Proxy.newProxyInstance(
                SnapshotStore.class.getClassLoader(),
                new Class<?>[] {SnapshotStore.class},
                (self, method, arguments) -> switch (method.getName()) {
                    case "look" -> facts;
                    case "read" -> new byte[(int) arguments[3]];
                    default -> throw new AssertionError("Not expected: " + method);
                });
        var request = new RequestImport.Request(HOME.name(), new ImageName("next"), KEY, ANY_BYTES, labels, null);
        return new RequestWiring(
                        service.ledger,
                        store,
                        service.regions,
                        service.planner,
                        service.limits,
                        service.clock,
                        service.ids)
                .requestImport()
                .request(OWNER, request);
    }

    @Test
    void an_upload_that_no_object_can_hold_in_parts_is_refused() {
        assertThat(violations(imported(53_687_091_200_001L, Labels.NONE)))
                .containsExactly(Violation.of(
                        Code.SIZE_EXCEEDED,
                        "importKey",
                        KEY,
                        "53,687,091,200,001 bytes are more than the 53,687,091,200,000 bytes (48.8 TiB) that one S3"
                                + " object can hold; make the disk smaller"));
    }

    @Test
    void a_new_version_is_imported_in_the_parts_of_the_older_one() {
        var older = new Labels(null, "web", Map.of());
        version(older, 9_000_000);

        assertThat(partSize(accepted(imported(TEN_GIB, older)))).isEqualTo(9_000_000);
    }

    @Test
    void an_upload_without_a_family_is_imported_in_the_best_parts() {
        version(new Labels(null, "web", Map.of()), 9_000_000);

        assertThat(partSize(accepted(imported(TEN_GIB, Labels.NONE)))).isEqualTo(8 << 20);
    }

    private void version(Labels labels, long partSizeBytes) {
        var copy = CopyId.random(service.ids);
        service.ledger.commit(List.of(Images.created(new Image(
                ImageId.random(service.ids),
                HOME,
                OWNER.account(),
                ImageStatus.AVAILABLE,
                Image.Terms.of(new ImageName("older"), labels),
                new Image.Content(
                        SnapshotId.madeBy(copy),
                        TEN_GIB,
                        null,
                        new Checksum("5aAf7hTg7VxIcU8iGA8lrYNltT+XefedxKPX6Tlj+Uo=-2", partSizeBytes)),
                Image.Uses.NONE,
                SampleImages.imported(copy, service.now(), OWNER.arn())))));
    }

    private long partSize(CopyId copy) {
        return service.copies.require(copy).partSizeBytes();
    }
}
