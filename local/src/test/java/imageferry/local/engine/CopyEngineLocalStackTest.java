package imageferry.local.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import imageferry.account.AccountId;
import imageferry.copying.CopyScene;
import imageferry.snapshot.Blob;
import imageferry.snapshot.Bytes;
import imageferry.snapshot.PartPlanner;
import imageferry.snapshot.SourceChanged;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;
import org.testcontainers.localstack.LocalStackContainer;
import org.testcontainers.utility.DockerImageName;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** The engine on an S3 that none of us wrote. Skipped, by name, where there is no Docker. */
@Testcontainers(disabledWithoutDocker = true)
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class CopyEngineLocalStackTest {
    /** The last version that starts without an account at LocalStack: later ones ask for a token. */
    private static final DockerImageName IMAGE = DockerImageName.parse("localstack/localstack:4.14.0");

    /** Who owns everything in LocalStack. */
    private static final AccountId LOCALSTACK = new AccountId("000000000000");

    @Container
    private static final LocalStackContainer CLOUD = new LocalStackContainer(IMAGE).withServices("s3");

    private static Buckets buckets;

    @BeforeAll
    static void makeBuckets() {
        buckets = new Buckets(
                LOCALSTACK,
                StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(CLOUD.getAccessKey(), CLOUD.getSecretKey())),
                CLOUD.getEndpoint());
        buckets.create();
    }

    @AfterAll
    static void close() {
        buckets.close();
    }

    @Test
    void a_snapshot_of_several_parts_is_copied_to_another_region_byte_by_byte() {
        var disk = Bytes.random(30, (42 << 20) + 7);
        var upload = new Blob(CopyScene.HOME, "imports/222222222222/disk.raw");
        buckets.put(upload, disk);
        var scene = new CopyScene(buckets.store(), InstantSource.system());

        var imported =
                scene.importing(upload, new PartPlanner(40).plan(disk.length()).partSizeBytes());
        var checksum = scene.runAll(imported);
        var copy = scene.copying(imported.target(), checksum.partSizeBytes(), CopyScene.FAR);

        assertThat(scene.runAll(copy)).isEqualTo(checksum);
        assertThat(checksum.value()).endsWith("-9");
        assertThat(buckets.read(copy.target())).isEqualTo(disk.copy());
        assertThat(buckets.store().uploads(CopyScene.FAR, "")).isEmpty();
    }

    @Test
    void a_piece_of_a_disk_is_read_while_it_is_that_disk_and_so_are_its_tags() {
        var disk = Bytes.random(31, 1 << 20);
        var upload = new Blob(CopyScene.HOME, "imports/222222222222/tagged.raw");
        buckets.put(upload, disk);
        buckets.tag(upload, Map.of("imageferry-name", "golden"));
        var eTag = buckets.store().look(upload).orElseThrow().eTag();

        assertThat(buckets.store().read(upload, eTag, 1_000, 64 << 10))
                .isEqualTo(Arrays.copyOfRange(disk.copy(), 1_000, 1_000 + (64 << 10)));
        assertThat(buckets.store().tags(upload)).containsExactly(Map.entry("imageferry-name", "golden"));

        buckets.put(upload, Bytes.random(32, 1 << 20));
        assertThatExceptionOfType(SourceChanged.class)
                .isThrownBy(() -> buckets.store().read(upload, eTag, 0, 1));
    }
}
