package imageferry.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import imageferry.local.Await;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** Functions may do their work in rare situations too: each role is tried with its rarest rights. */
@Timeout(300)
@Tag("slow")
class RareMomentsTest {
    private static final String HOME = RunningCloud.REGIONS.get(0);
    private static final String AWAY = RunningCloud.REGIONS.get(1);
    private static final String FAR = RunningCloud.REGIONS.get(2);

    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private final AccessFaults hindrances = new AccessFaults();
    private RunningCloud cloud;
    private AccountClient ann;
    private Path small;
    private Path large;
    private Subject image;

    @BeforeEach
    void anImage() throws Exception {
        cloud = new RunningCloud(folder.resolve("data"), Map.of("ApprovalAboveBytes", "100000"), hindrances);
        ann = new AccountClient(cloud, "222222222222");
        small = SmallDisk.make(folder.resolve("small.img"), 50_176);
        large = SmallDisk.make(folder.resolve("large.img"), 200_192);
        image = ann.imports(HOME, small);
        ann.awaits("Available", List.of(image));
    }

    @AfterEach
    void stop() {
        cloud.close();
        assertThat(hindrances.outstanding()).isEmpty();
    }

    @Test
    void the_sweeper_finishes_work_whose_event_was_lost() throws Exception {
        var big = ann.imports(HOME, large);
        ann.awaits("Available", List.of(big));
        var approved = ann.copies(big, AWAY);
        var cancelled = ann.copies(big, AWAY);
        ann.awaits("Await Approval", List.of(approved, cancelled));
        hindrances.refuse("ShareImageFunction dynamodb:");
        var unshared = ann.copies(image, AWAY, "333333333333");
        ann.awaits("Available", List.of(unshared));
        hindrances.refuse("CopySnapshotPartsFunction s3:GetObject");
        var failed = ann.copies(image, FAR);
        ann.awaits("Failed", List.of(failed));
        hindrances.allowAll();
        try (var slots = new TakenSlots(cloud.dynamoDb(), AWAY, 5)) {
            var queued = ann.copies(image, AWAY);
            ann.awaits("Await Slot", List.of(queued));
            awaitPlace(queued);
            hindrances.refuse("AdvanceCopiesFunction");
            var unstarted = ann.copies(image, FAR);
            approve(approved);
            ann.does("POST", cancelled.path() + "/cancel-copy", Map.of());
            slots.letGo();
            leaveBytesThatNobodyOwns();

            var soon = sweep(Duration.ofHours(2));
            var muchLater = sweep(Duration.ofHours(26));

            assertThat(soon.path("failures")).isEmpty();
            assertThat(soon.at("/copies/started").asInt()).isEqualTo(1);
            assertThat(soon.at("/copies/woken").asInt()).isGreaterThanOrEqualTo(2);
            assertThat(soon.at("/copies/shared").asInt()).isEqualTo(1);
            assertThat(soon.at("/bytes/uploads").asInt()).isEqualTo(1);
            assertThat(soon.at("/bytes/quarantined").asInt()).isEqualTo(1);
            assertThat(muchLater.path("failures")).isEmpty();
            assertThat(muchLater.at("/bytes/objects").asInt()).isZero();
            assertThat(muchLater.at("/bytes/expired").asInt()).isGreaterThanOrEqualTo(1);
            assertThat(sweep(Duration.ofDays(9)).at("/bytes/objects").asInt()).isEqualTo(1);
            hindrances.allowAll();
            ann.awaits("Available", List.of(approved, queued, unstarted));
            ann.awaits("Cancelled", List.of(cancelled));
        }
    }

    @Test
    void a_copy_above_a_lowered_limit_waits_for_approval() throws Exception {
        hindrances.refuse("AdvanceCopiesFunction");
        var copy = ann.copies(image, AWAY);

        var answer = new DeployedFunction(cloud, InstantSource.system())
                .call(
                        "ValidateCopyFunction",
                        Map.of("APPROVAL_ABOVE_BYTES", "1"),
                        "{\"copyId\":\"" + copy.copyId() + "\"}");

        assertThat(answer.path("route").asText()).isEqualTo("approval");
        hindrances.allowAll();
        sweep(Duration.ofMinutes(10));
        ann.awaits("Await Approval", List.of(copy));
        approve(copy);
        ann.awaits("Available", List.of(copy));
    }

    @Test
    void a_repeated_request_returns_the_place_in_the_queue() throws Exception {
        try (var here = new TakenSlots(cloud.dynamoDb(), HOME, 5);
                var there = new TakenSlots(cloud.dynamoDb(), AWAY, 5)) {
            var target = Map.of("region", AWAY, "name", "queued-copy");
            var copying = Request.of(
                    "POST", image.path() + "/copies", Map.of("targets", List.of(target), "clientToken", "copy-once"));
            var importing = Request.of(
                    "POST",
                    "/images",
                    Map.of(
                            "region",
                            HOME,
                            "name",
                            "queued-import",
                            "importKey",
                            ann.uploads(HOME, small),
                            "clientToken",
                            "import-once"));
            var copy =
                    subject(copying.send(cloud.uri(), ann.account).expectDone().at("/copies/0"));
            var imported = subject(
                    importing.send(cloud.uri(), ann.account).expectDone().path("copy"));
            awaitPlace(copy);
            awaitPlace(imported);

            assertThat(copying.send(cloud.uri(), ann.account).expectDone().at("/copies/0/queuePosition"))
                    .hasToString("1");
            assertThat(importing.send(cloud.uri(), ann.account).expectDone().at("/copy/queuePosition"))
                    .hasToString("1");
            here.letGo();
            there.letGo();
        }
    }

    @Test
    void an_upload_that_two_calls_opened_at_once_is_aborted_at_the_end() throws Exception {
        hindrances.before("CompleteSnapshotCopyFunction s3:ListBucketMultipartUploads", arn -> {
            var key = cloud.buckets
                    .keys(AWAY, RunningCloud.bucket(AWAY), "snapshots/")
                    .getFirst();
            s3(
                    AWAY,
                    s3 -> s3.createMultipartUpload(
                            request -> request.bucket(RunningCloud.bucket(AWAY)).key(key)));
        });

        ann.awaits("Available", List.of(ann.copies(image, AWAY)));

        assertThat(cloud.buckets.openUploads(AWAY, RunningCloud.bucket(AWAY))).isEmpty();
    }

    @Test
    void an_upload_that_is_opened_for_a_copy_just_cancelled_is_aborted() throws Exception {
        var begun = new CompletableFuture<Subject>();
        hindrances.before(
                "StartSnapshotCopyFunction s3:PutObject",
                arn -> cancel(begun.orTimeout(1, TimeUnit.MINUTES).join()));
        var copy = ann.copies(image, AWAY);
        begun.complete(copy);

        ann.awaits("Cancelled", List.of(copy));

        assertThat(cloud.buckets.openUploads(AWAY, RunningCloud.bucket(AWAY))).isEmpty();
    }

    private void cancel(Subject copy) {
        try {
            ann.does("POST", copy.path() + "/cancel-copy", Map.of());
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void a_link_reads_the_disk_with_the_right_of_its_function() throws Exception {
        var link = ann.does("GET", image.path() + "/download", Map.of())
                .path("url")
                .asText();

        var disk = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(link)).build(), BodyHandlers.ofByteArray());

        assertThat(disk.body()).isEqualTo(Files.readAllBytes(small));
    }

    @Test
    void an_upload_that_its_owner_removed_meanwhile_is_ignored() throws Exception {
        // The function may still be working for the image that every test begins with.
        awaitNoUpload();
        hindrances.before(
                "CreateImageFunction dynamodb:GetItem",
                arn -> s3(
                        HOME,
                        s3 -> cloud.buckets
                                .keys(HOME, RunningCloud.bucket(HOME), "imports/")
                                .forEach(key -> s3.deleteObject(request -> request.bucket(RunningCloud.bucket(HOME))
                                        .key(key)))));

        ann.awaits("Available", List.of(ann.imports(HOME, small)));

        awaitNoUpload();
    }

    @Test
    void the_guard_of_the_regions_names_finished_unfinished_and_retried_images() throws Exception {
        hindrances.refuse("CopySnapshotPartsFunction s3:GetObject");
        var failed = ann.copies(image, AWAY);
        ann.awaits("Failed", List.of(failed));
        hindrances.allowAll();
        var retried = ann.does("POST", "/copies/" + failed.copyId() + "/retry", Map.of());
        ann.awaits("Available", List.of(subject(retried.path("copy"))));
        hindrances.refuse("AdvanceCopiesFunction");
        var waiting = ann.copies(image, AWAY);

        var answer = new DeployedFunction(cloud, InstantSource.system())
                .call(
                        "GuardRegionsFunction",
                        Map.of(),
                        "{\"RequestType\":\"Delete\",\"ResourceProperties\":{\"Regions\":[\"" + AWAY + "\",\"" + FAR
                                + "\"]}}");

        assertThat(answer.path("Status").asText()).isEqualTo("FAILED");
        assertThat(answer.path("Reason").asText())
                .startsWith(AWAY + " still has ")
                .contains(subject(retried.path("copy")).imageId(), waiting.imageId())
                .doesNotContain(FAR, image.imageId());
    }

    private JsonNode sweep(Duration later) throws Exception {
        InstantSource then = () -> Instant.now().plus(later);
        return new DeployedFunction(cloud, then).call("SweepFunction", Map.of(), "{}");
    }

    private void leaveBytesThatNobodyOwns() {
        var bucket = RunningCloud.bucket(HOME);
        s3(HOME, s3 -> {
            s3.putObject(
                    request -> request.bucket(bucket).key("snapshots/s-" + "a".repeat(17)),
                    RequestBody.fromString("nobody's"));
            s3.createMultipartUpload(request -> request.bucket(bucket).key("snapshots/s-" + "b".repeat(17)));
        });
    }

    private void s3(String region, Consumer<S3Client> deed) {
        try (var s3 = S3Client.builder()
                .endpointOverride(URI.create(cloud.s3().toString()))
                .region(Region.of(region))
                .forcePathStyle(true)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "any")))
                .build()) {
            deed.accept(s3);
        }
    }

    private void approve(Subject copy) throws Exception {
        var ticket = ann.does("GET", "/copies/" + copy.copyId(), Map.of())
                .path("ticketId")
                .asText();
        new AccountClient(cloud, Demo.OPERATOR).does("POST", "/tickets/" + ticket + "/approve", Map.of());
    }

    /** An upload is removed a moment after its image is Available. */
    private void awaitNoUpload() throws Exception {
        Await.until(
                "no upload",
                SOON,
                () -> cloud.buckets.keys(HOME, RunningCloud.bucket(HOME), "imports/"),
                Collection::isEmpty);
    }

    private void awaitPlace(Subject copy) throws Exception {
        Await.until(
                "a place in the queue",
                SOON,
                () -> ann.does("GET", "/copies/" + copy.copyId(), Map.of()),
                it -> it.path("queuePosition").isInt());
    }

    private static Subject subject(JsonNode copy) {
        return new Subject(
                copy.path("imageId").asText(),
                copy.path("copyId").asText(),
                copy.path("region").asText());
    }
}
