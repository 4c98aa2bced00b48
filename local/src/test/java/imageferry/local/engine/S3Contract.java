package imageferry.local.engine;

import static org.assertj.core.api.Assertions.assertThat;

import imageferry.copying.CopyScene;
import imageferry.snapshot.Blob;
import imageferry.snapshot.Bytes;
import imageferry.snapshot.PartPlanner;
import imageferry.snapshot.SnapshotStore;
import imageferry.snapshot.SnapshotStoreContract;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

/** The contract of every S3 with the deployed store, and with the engine on top of it. */
abstract class S3Contract extends SnapshotStoreContract {
    private static final int MIB = 1 << 20;

    abstract Buckets buckets();

    @Override
    protected SnapshotStore store() {
        return buckets().store();
    }

    @Override
    protected void put(Blob blob, Bytes bytes) {
        buckets().put(blob, bytes);
    }

    @Override
    protected void putWithSha256(Blob blob, Bytes bytes) {
        buckets().putWithSha256(blob, bytes);
    }

    @Override
    protected byte[] read(Blob blob) {
        return buckets().read(blob);
    }

    @Test
    void a_disk_is_imported_and_copied_to_another_region_byte_by_byte() {
        var disk = Bytes.random(20, 35 * MIB + 1);
        var upload = new Blob(CopyScene.HOME, "imports/222222222222/disk.raw");
        put(upload, disk);
        store().replaceText(Blob.ledger(CopyScene.HOME), CopyScene.ledgerId().value());
        store().replaceText(Blob.ledger(CopyScene.FAR), CopyScene.ledgerId().value());
        var scene = new CopyScene(store(), InstantSource.system());

        var imported =
                scene.importing(upload, new PartPlanner(40).plan(disk.length()).partSizeBytes());
        var checksum = scene.runAll(imported);
        var copy = scene.copying(imported.target(), checksum.partSizeBytes(), CopyScene.FAR);

        assertThat(scene.runAll(copy)).isEqualTo(checksum);
        assertThat(checksum.value()).endsWith("-8");
        assertThat(read(copy.target())).isEqualTo(disk.copy());
        assertThat(scene.progress(copy)).isEqualTo(disk.length());
        assertThat(store().uploads(CopyScene.FAR, copy.target().key())).isEmpty();
    }

    @Test
    void a_download_needs_only_a_link() throws IOException, InterruptedException {
        var disk = Bytes.random(21, 1_000);
        var blob = new Blob(CopyScene.FAR, "snapshots/linked");
        put(blob, disk);

        try (var client = HttpClient.newHttpClient()) {
            var answer = client.send(
                    HttpRequest.newBuilder(store().link(blob, Duration.ofMinutes(5), "disk.raw"))
                            .build(),
                    BodyHandlers.ofByteArray());

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo(disk.copy());
            assertThat(answer.headers().firstValue("Content-Disposition"))
                    .contains("attachment; filename=\"disk.raw\"");
        }
    }
}
