package imageferry.function;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import imageferry.function.edge.LambdaSerializer;
import imageferry.function.event.ObjectCreated;
import imageferry.function.event.StateChange;
import imageferry.function.event.StreamEvent;
import imageferry.publishing.Event;
import imageferry.region.Region;
import imageferry.snapshot.Blob;
import imageferry.snapshot.Bytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Each change of an image or a copy is published as docs/events.md says: complete, with its originator, without
 * secrets.
 */
class PublishedEventsTest {
    private static final Path HOME = Path.of(System.getProperty("imageferry.home", ".."));
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> KINDS = List.of("Image State Change", "Copy State Change");
    private static final String ANN = "arn:aws:iam::222222222222:user/ann";
    private static final String OPERATOR = "arn:aws:iam::111111111111:user/ann";

    /** Every copy of more than a million bytes needs approval. */
    private final World world = new World(Map.of("APPROVAL_ABOVE_BYTES", "1000000"));

    private final WorkflowSteps steps = new WorkflowSteps(world);
    private final Client ann = new Client(world, "222222222222");
    private final Client operator = new Client(world, "111111111111");

    private JsonNode imported;
    private JsonNode approved;
    private JsonNode rejected;
    private JsonNode cancelled;
    private JsonNode failed;

    /** Every end of a copy, and the end of an image. */
    @BeforeEach
    void live() {
        var key = "imports/222222222222/golden.img";
        world.store.put(new Blob(new Region("us-east-1"), key), Bytes.random(1, 1 << 20));
        imported = ann.post(
                202,
                "/images",
                Map.of(),
                "{\"region\": \"us-east-1\", \"name\": \"golden\", \"importKey\": \"" + key
                        + "\", \"format\": \"raw\", \"clientToken\": \"client-token-1\"}");
        steps.run(imported.at("/copy/copyId").asText());

        approved = copy("approved");
        decide(approved, "approve");
        steps.run(id(approved));
        rejected = copy("rejected");
        decide(rejected, "reject");
        steps.settle(id(rejected), new WorkflowError("Rejected", "by the operator"));
        cancelled = copy("cancelled");
        ann.post(202, "/images/{imageId}/cancel-copy", Map.of("imageId", image(cancelled)), null);
        steps.settle(id(cancelled), new WorkflowError("Cancelled", "by its owner"));
        failed = copy("failed");
        decide(failed, "approve");
        steps.copyParts(id(failed));
        steps.settle(id(failed), new WorkflowError("States.Timeout", "Too late"));
        assertThat(ann.call("DELETE", "/images/{imageId}", Map.of("imageId", image(approved)), Map.of(), null)
                        .statusCode())
                .isEqualTo(204);
    }

    private JsonNode copy(String name) {
        var copy = ann.post(
                        202,
                        "/images/{imageId}/copies",
                        Map.of("imageId", imported.at("/image/imageId").asText()),
                        "{\"targets\": [{\"region\": \"eu-west-1\", \"name\": \"" + name
                                + "\"}], \"clientToken\": \"client-token-" + name + "\"}")
                .at("/copies/0");
        steps.requestApproval(id(copy));
        return copy;
    }

    private void decide(JsonNode copy, String decision) {
        operator.post(
                200,
                "/tickets/{ticketId}/" + decision,
                Map.of("ticketId", copy.get("ticketId").asText()),
                "{\"reason\": \"As agreed\"}");
    }

    private static String id(JsonNode copy) {
        return copy.get("copyId").asText();
    }

    private static String image(JsonNode copy) {
        return copy.get("imageId").asText();
    }

    private List<Event> published() {
        world.published.clear();
        new PublishChangesFunction(world.app.forEvents().bus())
                .handleRequest(new StreamEvent(world.stream.changes), new LambdaCall());
        return List.copyOf(world.published);
    }

    /** The published changes of one image or copy, in order: {@code before → after by whom}. */
    private List<String> told(String kind, String id) {
        var field = kind.startsWith("Image") ? "imageId" : "copyId";
        return published().stream()
                .filter(event -> event.kind().equals(kind))
                .map(event -> read(event.detail()))
                .filter(detail -> detail.get(field).asText().equals(id))
                .map(detail -> detail.path("previousStatus").asText("-") + " → "
                        + detail.get("status").asText() + " by "
                        + detail.get("by").asText())
                .toList();
    }

    @Test
    void the_event_of_a_refused_upload_has_its_reason_and_key() {
        var upload = new Blob(new Region("us-east-1"), "imports/222222222222/broken.img");
        world.store.put(upload, Bytes.random(1, 5));
        world.store.describe(upload, Map.of("imageferry-name", "broken"));
        var event = new ObjectCreated(
                "us-east-1",
                new ObjectCreated.Detail(
                        new ObjectCreated.Bucket("imageferry-111111111111-us-east-1"),
                        new ObjectCreated.Stored(upload.key(), 5L, null, "1")));
        var copyId = new ImportUploadFunction(world.app.forEvents().importUpload())
                .handleRequest(event, new LambdaCall())
                .copyId();

        var told = published().stream()
                .map(one -> read(one.detail()))
                .filter(detail -> detail.path("copyId").asText().equals(copyId))
                .toList();

        assertThat(told).singleElement().satisfies(detail -> {
            assertThat(detail.get("status").asText()).isEqualTo("Failed");
            assertThat(detail.get("importKey").asText()).isEqualTo(upload.key());
            assertThat(detail.get("owner").asText()).isEqualTo("222222222222");
            assertThat(detail.at("/reason/code").asText()).isEqualTo("InvalidImageFormat.Unknown");
            assertThat(detail.get("imageId").asText()).isEqualTo("m-" + copyId.substring(2));
            assertThat(detail.has("previousStatus")).isFalse();
        });
        assertThat(published())
                .allSatisfy(one -> assertThat(faults(one)).as(one.detail()).isEmpty());
    }

    @Test
    void events_of_a_copy_name_the_requester_the_approver_and_the_workflow() {
        assertThat(told("Copy State Change", id(approved)))
                .containsExactly(
                        "- → PendingApproval by " + ANN,
                        "PendingApproval → Waiting by " + OPERATOR,
                        "Waiting → Copying by workflow",
                        "Copying → Available by workflow");
        assertThat(told("Copy State Change", imported.at("/copy/copyId").asText()))
                .containsExactly(
                        "- → Waiting by " + ANN, "Waiting → Copying by workflow", "Copying → Available by workflow");
    }

    @Test
    void events_of_a_copy_name_the_account_that_ended_it() {
        assertThat(told("Copy State Change", id(rejected)))
                .containsExactly(
                        "- → PendingApproval by " + ANN,
                        "PendingApproval → Failing by " + OPERATOR,
                        "Failing → Failed by " + OPERATOR);
        assertThat(told("Copy State Change", id(cancelled)))
                .containsExactly(
                        "- → PendingApproval by " + ANN,
                        "PendingApproval → Cancelling by " + ANN,
                        "Cancelling → Cancelled by " + ANN);
        assertThat(told("Copy State Change", id(failed)))
                .endsWith("Copying → Failing by workflow", "Failing → Failed by workflow");
    }

    @Test
    void events_of_an_image_name_the_accounts_that_made_ended_and_deleted_it() {
        assertThat(told("Image State Change", image(approved)))
                .containsExactly(
                        "- → Waiting by " + ANN,
                        "Waiting → Creating by workflow",
                        "Creating → Available by workflow",
                        "Available → Deleting by " + ANN,
                        "Deleting → Deleted by " + ANN);
        assertThat(told("Image State Change", image(rejected)))
                .containsExactly("- → Waiting by " + ANN, "Waiting → CreateFailed by " + OPERATOR);
        assertThat(told("Image State Change", image(cancelled)))
                .containsExactly("- → Waiting by " + ANN, "Waiting → UnAvailable by " + ANN);
        assertThat(told("Image State Change", image(failed))).endsWith("Creating → CreateFailed by workflow");
    }

    @Test
    void the_approver_stays_with_the_copy() {
        assertThat(ann.get("/copies/{copyId}", Map.of("copyId", id(approved))).get("approval"))
                .hasToString("{\"decision\":\"Approved\",\"decidedBy\":\"" + OPERATOR
                        + "\",\"decidedAt\":\"2026-11-23T10:15:30.250Z\",\"reason\":\"As agreed\"}");
        assertThat(ann.get("/copies/{copyId}", Map.of("copyId", id(rejected))).at("/approval/decision"))
                .hasToString("\"Rejected\"");
        assertThat(ann.get("/copies/{copyId}", Map.of("copyId", id(cancelled))).has("approval"))
                .isFalse();
    }

    @Test
    void every_event_of_every_end_meets_its_schema() {
        assertThat(published())
                .hasSize(18 + 15)
                .allSatisfy(
                        event -> assertThat(faults(event)).as(event.detail()).isEmpty());
        assertThat(published().stream().map(Event::kind)).containsAll(KINDS);
    }

    @Test
    void every_event_of_the_sample_meets_its_schema() throws IOException {
        world.published.clear();
        try (var file = Files.newInputStream(HOME.resolve("events/stream-publish-changes.json"))) {
            new PublishChangesFunction(world.app.forEvents().bus())
                    .handleRequest(new LambdaSerializer().fromJson(file, StreamEvent.class), new LambdaCall());
        }

        assertThat(world.published)
                .hasSize(4)
                .allSatisfy(
                        event -> assertThat(faults(event)).as(event.detail()).isEmpty());
    }

    @Test
    void a_field_that_the_schema_lacks_is_found() {
        var event = published().getFirst();
        var more = event.detail().replaceFirst("\\{", "{\"uploadId\":\"u-1\",");

        assertThat(faults(new Event(event.kind(), more, event.time()))).isNotEmpty();
    }

    @Test
    void a_replayed_event_has_the_same_bytes() {
        assertThat(published()).isEqualTo(published());
    }

    @Test
    void other_attributes_of_an_item_change_no_event() {
        var poisoned = new TreeSet<String>();
        for (var change : world.stream.changes) {
            if (StateChange.isOne(change)) {
                var images = change.dynamodb();
                var withSecrets = new StreamEvent.Images(
                        images.keys(),
                        poison(images.oldImage(), "", poisoned),
                        poison(images.newImage(), "", poisoned),
                        images.sequenceNumber(),
                        images.at());

                assertThat(StateChange.event(new StreamEvent.Change(change.eventName(), withSecrets)))
                        .isEqualTo(StateChange.event(change));
            }
        }
        assertThat(poisoned).contains("wake.token", "uploadId", "sourceETag", "ticketReason.added", "list", "added");
    }

    /** The attributes that events contain, and those for originator and time. */
    private static final Set<String> TOLD = Set.of(
            "sourceKey",
            "imageId",
            "name",
            "region",
            "owner",
            "status",
            "sourceImageId",
            "copyId",
            "groupId",
            "ticketId",
            "reason.code",
            "reason.detail",
            "requestedBy",
            "endedBy",
            "approval.decidedBy",
            "changedBy",
            "changedAt");

    /** Puts a secret into every attribute that no event may contain, and adds some that the item does not have. */
    private static Map<String, StreamEvent.Attribute> poison(
            Map<String, StreamEvent.Attribute> item, String path, Set<String> poisoned) {
        if (item == null) {
            return null;
        }
        var secret = new StreamEvent.Attribute("SECRET", null, null);
        var after = new HashMap<>(item);
        after.put("added", secret);
        after.put("ticketReason", new StreamEvent.Attribute(null, null, Map.of("added", secret)));
        poisoned.addAll(List.of(path + "added", path + "ticketReason.added"));
        item.forEach((name, value) -> {
            var place = path + name;
            if (value.map() != null) {
                after.put(name, new StreamEvent.Attribute(null, null, poison(value.map(), place + ".", poisoned)));
            } else if (!TOLD.contains(place)) {
                after.put(name, secret);
                poisoned.add(place);
            }
        });
        return after;
    }

    @Test
    void no_event_contains_a_token() {
        var all = published().toString();

        assertThat(all).doesNotContain("token-of-").doesNotContain("client-token-");
        assertThat(world.stream.changes.toString()).contains("token-of-");
    }

    @Test
    void every_field_of_an_event_is_explained() throws IOException {
        var text = Files.readString(HOME.resolve("docs/events.md"));

        for (var kind : KINDS) {
            var section = text.substring(text.indexOf("## " + kind)).split("\n## ", 2)[0];
            var explained = section.lines()
                    .filter(line -> line.startsWith("| `"))
                    .map(line -> line.replaceAll("^\\| `(\\w+)`.*", "$1"))
                    .collect(toCollection(TreeSet::new));
            assertThat(explained).as(kind).isEqualTo(fields(schema(kind).getSchemaNode()));
        }
    }

    private static Set<String> fields(JsonNode schema) {
        var fields = new TreeSet<String>();
        schema.get("properties").fieldNames().forEachRemaining(fields::add);
        return fields;
    }

    private static List<String> faults(Event event) {
        return schema(event.kind()).validate(read(event.detail())).stream()
                .map(Object::toString)
                .toList();
    }

    private static JsonSchema schema(String kind) {
        var file = "docs/events/" + kind.toLowerCase(Locale.ROOT).replace(' ', '-') + ".schema.json";
        var config =
                SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();
        try {
            return JsonSchemaFactory.getInstance(VersionFlag.V202012)
                    .getSchema(JSON.readTree(HOME.resolve(file).toFile()), config);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode read(String detail) {
        try {
            return JSON.readTree(detail);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
