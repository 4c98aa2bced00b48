package imageferry.local.deployed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import imageferry.local.Await;
import imageferry.local.localstack.LocalStack;
import imageferry.local.localstack.OnLocalStack;
import imageferry.local.prove.ProvedStack;
import imageferry.region.Region;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;
import software.amazon.awssdk.services.sfn.model.TaskFailedEventDetails;

/**
 * A deployment as in docs/deploy.md, in an account that may run {@link LocalStack#CONCURRENCY} functions at once. SAM
 * and CloudFormation deploy {@code template.yaml} and three times {@code region.yaml}. The functions run in containers
 * of their own, and are called through API Gateway, Step Functions, the table's stream, the bus and S3's events.
 */
@OnLocalStack
@Tag("full")
class DeployedStackLocalStackTest {
    private static final int MIB = 1 << 20;
    private static final int APPROVAL_ABOVE = 10 * MIB;
    /** The number of copies that begin together, and the number of functions that they may run together. */
    private static final int AT_ONCE = 3;

    private static final int LEFT = 2;
    /** A function's first call starts a container and a JVM in it. */
    private static final Duration SOON = Duration.ofMinutes(2);

    @TempDir
    private static Path folder;

    private static Deployment deployment;
    private static PublishedChanges changes;
    private static RegionBuckets buckets;
    private static Records records;
    private static SfnClient executions;
    private static SignedApi operator;
    private static SignedApi partner;

    private List<String> keysBefore = List.of();
    private List<String> recordsBefore = List.of();

    @BeforeAll
    static void deploy(LocalStack cloud) throws Exception {
        deployment = new Deployment(
                cloud,
                folder,
                Map.of(
                        "Architecture",
                        System.getProperty("os.arch").equals("amd64") ? "x86_64" : "arm64",
                        "AllowedAccounts",
                        Deployment.PARTNER.value(),
                        "ApprovalAboveBytes",
                        Integer.toString(APPROVAL_ABOVE),
                        "ApiAccessLog",
                        "managed"));
        changes = new PublishedChanges(cloud);
        buckets = new RegionBuckets(cloud);
        records = new Records(cloud);
        executions = cloud.client(SfnClient.builder(), Deployment.OPERATOR, Deployment.HOME);
        operator = new SignedApi(deployment.api(), Deployment.OPERATOR);
        partner = operator.as(Deployment.PARTNER);
    }

    @AfterAll
    static void remove() {
        // Absent if this class was skipped because SAM is missing.
        if (deployment != null) {
            deployment.removeFunctions();
            changes.close();
            buckets.close();
            records.close();
            executions.close();
        }
    }

    @BeforeEach
    void lookBefore() {
        keysBefore = buckets.everything();
        recordsBefore = records.unfinished();
    }

    @Test
    void a_deployed_function_answers_as_the_page_says() throws Exception {
        var answer = deployment.firstAnswer();

        assertThat(answer.path("statusCode").asInt()).isEqualTo(200);
        assertThat(answer.path("body").asText()).contains("us-east-1", "eu-west-1", "ap-southeast-2");
    }

    @Test
    void an_image_is_imported_copied_shared_booted_and_deleted_without_leftovers() throws Exception {
        var disk = disk(1, 9 * MIB + 5);
        var original = imported("golden", disk);

        var group = operator.post(
                        "/images/" + original + "/copies",
                        Map.of(
                                "targets",
                                List.of(
                                        Map.of("region", Deployment.NEAR.name(), "shareWith", List.of("222222222222")),
                                        Map.of("region", Deployment.FAR.name()))))
                .ok();
        assertThat(operator.delete("/images/" + original).code()).isEqualTo("OperationDenied.ImageCopying");
        var copies = ended("/groups/" + group.path("groupId").asText());
        assertThat(copies.path("copies"))
                .extracting(copy -> copy.path("status").asText())
                .containsExactly("Available", "Available");
        var near = copies.at("/copies/0/imageId").asText();
        var far = copies.at("/copies/1/imageId").asText();

        assertThat(image(near).at("/checksum/value").asText())
                .endsWith("-2")
                .isEqualTo(image(far).at("/checksum/value").asText())
                .isEqualTo(image(original).at("/checksum/value").asText());
        assertThat(bytesOf(operator.get("/images/" + far + "/download").ok())).isEqualTo(disk);
        assertThat(changes(far)).containsSubsequence("Waiting", "Creating", "Available");

        var list = Await.until(
                "the share that the copy asked for",
                SOON,
                () -> partner.get("/images?region=eu-west-1&owner=shared").ok(),
                it -> it.path("images").size() > 0);
        assertThat(list.path("images")).hasSize(1);
        assertThat(id(list.at("/images/0"))).isEqualTo(near);
        assertThat(partner.get("/images/" + far).code()).isEqualTo("InvalidImageId.NotFound");
        operator.put("/images/" + far + "/shares/222222222222").ok();
        assertThat(partner.get("/images/" + far).ok().path("category").asText()).isEqualTo("shared");

        var instance = partner.post("/instances", Map.of("imageId", near, "region", "eu-west-1"))
                .ok();
        assertThat(bytesOf(instance.path("systemDisk"))).isEqualTo(disk);
        assertThat(operator.delete("/images/" + near).status()).isEqualTo(409);
        partner.delete("/instances/" + instance.path("instanceId").asText()).ok();

        operator.delete("/images/" + near + "?force=true").ok();
        operator.delete("/images/" + near + "?purge=true").ok();
        operator.delete("/images/" + far + "?force=true").ok();
        operator.delete("/images/" + far + "?purge=true").ok();
        operator.delete("/images/" + original).ok();
        operator.delete("/images/" + original + "?purge=true").ok();
        nothingIsLeft();
    }

    @Test
    void one_of_two_large_copies_is_cancelled_and_the_other_approved() throws Exception {
        var disk = disk(2, APPROVAL_ABOVE + 1);
        var original = imported("large", disk);
        var cancelled = copied(original, Deployment.NEAR);
        var approved = copied(original, Deployment.FAR);
        var ticket = copy(approved, it -> it.path("status").asText().equals("PendingApproval"))
                .path("ticketId")
                .asText();
        parked(cancelled);
        parked(approved);

        operator.post("/images/" + cancelled.path("imageId").asText() + "/cancel-copy", Map.of())
                .ok();
        assertThat(partner.post("/tickets/" + ticket + "/approve", Map.of()).status())
                .isIn(403, 404);
        operator.post("/tickets/" + ticket + "/approve", Map.of("reason", "It is needed there"))
                .ok();

        assertThat(ended(cancelled).path("status").asText()).isEqualTo("Cancelled");
        assertThat(ended(approved).path("status").asText()).isEqualTo("Available");
        assertThat(execution(cancelled, "FAILED")).isEqualTo("imageferry.function.error.CopyCancelled");
        assertThat(execution(approved, "SUCCEEDED")).isEmpty();
        assertThat(without(keysBefore, buckets.everything()))
                .noneMatch(key -> key.startsWith(Deployment.NEAR.name()))
                .anyMatch(key -> key.startsWith(Deployment.FAR.name()));
        // An image without bytes has no time in the bin.
        operator.delete("/images/" + id(cancelled)).ok();
        for (var made : List.of(original, id(approved))) {
            operator.delete("/images/" + made).ok();
            operator.delete("/images/" + made + "?purge=true").ok();
        }
        nothingIsLeft();
    }

    @Test
    void an_upload_to_any_region_with_an_image_name_is_imported() throws Exception {
        var disk = disk(3, MIB);
        buckets.put(
                Deployment.NEAR, "imports/222222222222/by-itself.raw", disk, Map.of("imageferry-name", "by-itself"));

        var list = Await.until(
                "the image of the upload",
                SOON,
                () -> partner.get("/images?region=eu-west-1&owner=self").ok(),
                it -> it.path("images").size() > 0);
        var image = list.at("/images/0");
        assertThat(image.path("name").asText()).isEqualTo("by-itself");
        assertThat(image.path("owner").asText()).isEqualTo("222222222222");
        assertThat(bytesOf(partner.get("/images/" + id(image) + "/download").ok()))
                .isEqualTo(disk);
        partner.delete("/images/" + id(image)).ok();
        partner.delete("/images/" + id(image) + "?purge=true").ok();
        buckets.delete(Deployment.NEAR, "imports/222222222222/by-itself.raw");
        nothingIsLeft();
    }

    /**
     * Others use eight of the account's ten concurrent calls, so that two are enough for a machine with few processors.
     */
    @Test
    void more_copies_than_concurrent_functions_complete() throws Exception {
        var disks = new HashMap<JsonNode, byte[]>();
        var refused = new ArrayList<String>();
        try (var _ = deployment.reserve(LocalStack.CONCURRENCY - LEFT)) {
            for (var number = 0; number < AT_ONCE; number++) {
                var region = Deployment.REGIONS.enabled().get(number % 3);
                var key = "imports/111111111111/one-of-many-" + number;
                var disk = disk(10 + number, MIB);
                buckets.put(region, key, disk, Map.of());
                disks.put(accepted(region, "one-of-many-" + number, key), disk);
            }
            for (var asked : disks.keySet()) {
                assertThat(execution(asked.path("copy"), "SUCCEEDED")).isEmpty();
                refused.addAll(errors(asked.path("copy")));
            }
        }

        assertThat(refused).isNotEmpty().containsOnly("Lambda.TooManyRequestsException");
        for (var made : disks.entrySet()) {
            var image = id(made.getKey().path("image"));
            assertThat(bytesOf(operator.get("/images/" + image + "/download").ok()))
                    .isEqualTo(made.getValue());
            operator.delete("/images/" + image).ok();
            operator.delete("/images/" + image + "?purge=true").ok();
            buckets.delete(
                    new Region(made.getKey().at("/copy/region").asText()),
                    "imports/111111111111/" + made.getKey().at("/image/name").asText());
        }
        nothingIsLeft();
    }

    /** API Gateway refuses a call that it cannot start. Its caller repeats it, under the same token. */
    private static JsonNode accepted(Region region, String name, String key) throws Exception {
        var request = Map.of("region", region.name(), "name", name, "importKey", key, "clientToken", name);
        return Await.until(name, SOON, () -> operator.post("/images", request), it -> it.status() == 202)
                .body();
    }

    @Test
    void an_unsigned_call_has_no_account_with_any_headers() throws Exception {
        var unsigned = HttpRequest.newBuilder(URI.create(deployment.api() + "/regions"))
                .header("X-Imageferry-Account", Deployment.OPERATOR.value())
                .build();

        var answer = operator.send(unsigned);

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.code()).isEqualTo("MissingIdentity");
    }

    /** The other steps of {@code ./stacks prove} need what only AWS enforces, and its removal needs a stack of its own. */
    @Test
    void prove_shows_as_much_as_an_emulator_can(LocalStack cloud) throws Exception {
        var rows = ProvedStack.prove(cloud, Deployment.REGIONS, folder, 9 * MIB + 5);

        assertThat(rows)
                .extracting(ProvedStack.Row::step, ProvedStack.Row::result)
                .as(rows.toString())
                .containsExactly(
                        tuple("Find the deployed installation", "passed"),
                        tuple("Import 9,437,189 bytes", "passed"),
                        tuple("Copy to eu-west-1", "passed"),
                        tuple("Compare", "passed"),
                        tuple("Cancel in flight", "passed"),
                        tuple("A role without rights", "only AWS can show"),
                        tuple("Uploads under another key", "only AWS can show"),
                        tuple("Concurrency", "passed"),
                        tuple("Revoke an account", "only AWS can show"),
                        tuple("Restore from the bin", "passed"),
                        tuple("Remove everything", "passed"));
        nothingIsLeft();
    }

    /** Random bytes after the signature of a master boot record. */
    private static byte[] disk(long seed, int length) {
        var bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        bytes[510] = 0x55;
        bytes[511] = (byte) 0xAA;
        return bytes;
    }

    private static String imported(String name, byte[] disk) throws Exception {
        var key = "imports/111111111111/" + name + ".raw";
        buckets.put(Deployment.HOME, key, disk, Map.of());
        var answer = operator.post("/images", Map.of("region", "us-east-1", "name", name, "importKey", key))
                .ok();
        assertThat(ended(answer.path("copy")).path("status").asText()).isEqualTo("Available");
        // S3 deletes the upload on condition of its ETag. LocalStack has no such condition.
        buckets.delete(Deployment.HOME, key);
        return id(answer.path("image"));
    }

    /** Requests one copy and returns it. */
    private static JsonNode copied(String image, Region target) throws Exception {
        return operator.post(
                        "/images/" + image + "/copies",
                        Map.of("targets", List.of(Map.of("region", target.name())), "ticketReason", "A test"))
                .ok()
                .at("/copies/0");
    }

    private static String id(JsonNode copyOrImage) {
        return copyOrImage.path("imageId").asText();
    }

    private static JsonNode image(String id) throws Exception {
        return operator.get("/images/" + id).ok();
    }

    private static JsonNode copy(JsonNode copy, Predicate<JsonNode> enough) throws Exception {
        var path = "/copies/" + copy.path("copyId").asText();
        return Await.until(path, SOON, () -> operator.get(path).ok(), enough);
    }

    private static JsonNode ended(JsonNode copy) throws Exception {
        return copy(copy, it -> it.has("endedAt"));
    }

    /** The group, once each of its copies has ended. */
    private static JsonNode ended(String group) throws Exception {
        return Await.until(group, SOON, () -> operator.get(group).ok(), it -> {
            var copies = it.path("copies");
            return copies.valueStream().allMatch(copy -> copy.has("endedAt"));
        });
    }

    private static void parked(JsonNode copy) throws Exception {
        copy(copy, it -> it.path("steps").findValuesAsText("name").contains("Await Approval"));
    }

    /** Waits until the copy's execution has that status, and returns its error. */
    private static String execution(JsonNode copy, String status) throws Exception {
        var arn = execution(copy);
        var end = Await.until(
                status + " of " + arn,
                SOON,
                () -> described(arn),
                it -> it.map(found -> found.statusAsString().equals(status)).orElse(false));
        return end.map(DescribeExecutionResponse::error).orElse("");
    }

    private static Optional<DescribeExecutionResponse> described(String arn) {
        try {
            return Optional.of(executions.describeExecution(r -> r.executionArn(arn)));
        } catch (ExecutionDoesNotExistException notYet) {
            return Optional.empty();
        }
    }

    /** Of every failed try in the copy's execution. */
    private static List<String> errors(JsonNode copy) {
        return executions.getExecutionHistoryPaginator(r -> r.executionArn(execution(copy))).events().stream()
                .map(HistoryEvent::taskFailedEventDetails)
                .filter(Objects::nonNull)
                .map(TaskFailedEventDetails::error)
                .toList();
    }

    private static String execution(JsonNode copy) {
        return deployment.stateMachine().replace(":stateMachine:", ":execution:") + ":"
                + copy.path("copyId").asText();
    }

    private static List<String> changes(String image) throws Exception {
        return Await.until("events of " + image, SOON, () -> changes.statusesOf(image), it -> it.contains("Available"));
    }

    private static byte[] bytesOf(JsonNode download) throws Exception {
        return operator.download(download.path("url").asText());
    }

    private static List<String> without(List<String> before, List<String> now) {
        return now.stream().filter(one -> !before.contains(one)).toList();
    }

    /** Only this test's things: leftovers of a failed test count as that test's failure. */
    private void nothingIsLeft() throws Exception {
        // The id of its table stays in a bucket.
        Await.until(
                "empty buckets",
                SOON,
                () -> without(keysBefore, buckets.everything()).stream()
                        .filter(place -> !place.endsWith(" ledger"))
                        .toList(),
                List::isEmpty);
        Await.until(
                "nothing but history in the table",
                SOON,
                () -> without(recordsBefore, records.unfinished()),
                List::isEmpty);
    }
}
