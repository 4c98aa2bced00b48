package imageferry.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import imageferry.id.ImageId;
import imageferry.image.Images;
import imageferry.ledger.Change;
import imageferry.ledger.Condition;
import imageferry.ledger.Write;
import imageferry.local.command.InMemoryCloud.Moment;
import imageferry.snapshot.Blob;
import imageferry.snapshot.Bytes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Rule 5, with the template's default limit: 500 GiB pass, and one byte more waits for the operator. */
@Timeout(120)
@Tag("slow")
class LargeImagesTest {
    private static final long LIMIT = 536_870_912_000L;
    private static final String OWNER = "222222222222";
    private static final String STRANGER = "444444444444";

    @TempDir
    Path folder;

    private InMemoryCloud cloud;
    private String source;
    private List<String> before;

    @BeforeEach
    void anImage() throws Exception {
        cloud = new InMemoryCloud(folder, Map.of());
        source = cloud.imported(OWNER, "golden");
        before = HeldResources.of(cloud);
    }

    @AfterEach
    void stop() {
        cloud.close();
    }

    @Test
    void exactly_500_gib_are_copied_without_a_ticket() throws Exception {
        stores(LIMIT);
        cancelWhenBytesMove();

        var copy = requested();
        assertThat(copy.has("ticketId")).isFalse();
        assertThat(copy.has("reason")).isFalse();
        assertThat(copy.path("bytesTotal").asLong()).isEqualTo(LIMIT);
        cloud.until(cloud::quiet);

        assertThat(steps(copy))
                .containsExactly(
                        "Validate Copy", "Await Slot", "Start Snapshot Copy", "Copy Snapshot Parts", "Settle Copy");
        assertThat(now(copy).has("ticketId")).isFalse();
        assertThat(cloud.calls("RequestApprovalFunction")).isZero();
        assertThat(tickets(Demo.OPERATOR)).isEmpty();
    }

    @Test
    void one_byte_more_waits_for_the_operator_and_the_answer_says_so() throws Exception {
        stores(LIMIT + 1);

        var copy = requested();

        assertThat(copy.path("status").asText()).isEqualTo("PendingApproval");
        assertThat(copy.at("/reason/code").asText()).isEqualTo("PendingApproval");
        assertThat(copy.at("/reason/detail").asText())
                .contains("536,870,912,001 bytes")
                .contains(Demo.OPERATOR)
                .contains(copy.path("ticketId").asText())
                .contains("POST /images/" + copy.path("imageId").asText() + "/cancel-copy");
        cloud.until(cloud::quiet);
        assertThat(now(copy).path("status")).isEqualTo(copy.path("status"));
        assertThat(now(copy).path("reason")).isEqualTo(copy.path("reason"));
        assertThat(now(copy).has("approval")).isFalse();
        for (var account : List.of(OWNER, Demo.OPERATOR)) {
            assertThat(tickets(account)).singleElement().satisfies(ticket -> {
                assertThat(ticket.path("ticketId")).isEqualTo(copy.path("ticketId"));
                assertThat(ticket.path("sizeBytes").asLong()).isEqualTo(LIMIT + 1);
                assertThat(ticket.path("state").asText()).isEqualTo("Open");
                assertThat(ticket.path("reason").asText()).isEqualTo("The new region needs it");
            });
        }
        assertThat(tickets(STRANGER)).isEmpty();
    }

    @Test
    void an_approved_copy_continues_without_a_second_approval() throws Exception {
        var copy = pending();
        cancelWhenBytesMove();

        var ticket = decide(Demo.OPERATOR, copy, "approve", "Go on").orExplain();
        cloud.until(cloud::quiet);

        assertThat(ticket.path("state").asText()).isEqualTo("Approved");
        assertThat(ticket.path("reason").asText()).isEqualTo("Go on");
        decided(copy, "Approved", "Go on");
        assertThat(steps(copy)).contains("Copy Snapshot Parts");
        assertThat(cloud.calls("RequestApprovalFunction")).isEqualTo(1);
        assertThat(decide(Demo.OPERATOR, copy, "reject", "Too late").code()).isEqualTo("IncorrectTicketStatus");
    }

    @Test
    void a_rejected_copy_fails_with_the_operators_reason_and_gives_everything_back() throws Exception {
        var copy = pending();

        decide(Demo.OPERATOR, copy, "reject", "Too dear").orExplain();
        cloud.until(cloud::quiet);

        failed(copy, "OperationDenied.TicketRejected", "Too dear");
        decided(copy, "Rejected", "Too dear");
        assertThat(image(copy).path("status").asText()).isEqualTo("CreateFailed");
    }

    @Test
    void the_requester_cannot_decide_and_a_stranger_finds_no_ticket() throws Exception {
        var copy = pending();

        for (var decision : List.of("approve", "reject")) {
            var own = decide(OWNER, copy, decision, "Mine");
            assertThat(own.status()).isEqualTo(403);
            assertThat(own.code()).isEqualTo("OperationDenied.NotOperator");
            assertThat(decide(STRANGER, copy, decision, "Mine").status()).isEqualTo(404);
        }
        cloud.until(cloud::quiet);
        assertThat(now(copy).path("status").asText()).isEqualTo("PendingApproval");
    }

    @Test
    void an_operator_may_approve_their_own_request() throws Exception {
        source = cloud.imported(Demo.OPERATOR, "mine");
        stores(LIMIT + 1);
        cancelWhenBytesMove();
        var copy = RunningCloud.only(cloud.copy(Demo.OPERATOR, source, "large"));
        cloud.until(cloud::quiet);

        decide(Demo.OPERATOR, copy, "approve", "My own").orExplain();
        cloud.until(cloud::quiet);

        assertThat(steps(copy)).contains("Copy Snapshot Parts");
    }

    @Test
    void after_the_approval_the_source_must_still_be_available() throws Exception {
        var copy = pending();
        change("status", "Deprecated");

        approved(copy);

        failed(copy, "IncorrectImageStatus", source);
    }

    @Test
    void after_the_approval_the_source_must_still_be_private() throws Exception {
        var copy = pending();
        change("publication", "PUBLIC");

        approved(copy);

        failed(copy, "IncorrectImageStatus", source);
    }

    @Test
    void after_the_approval_the_bytes_must_still_exist() throws Exception {
        var copy = pending();
        var bytes = cloud.store.read(snapshot());
        cloud.store.delete(snapshot());

        approved(copy);

        cloud.store.put(snapshot(), Bytes.of(bytes));
        failed(copy, "SourceChanged", snapshot().key());
    }

    @Test
    void after_the_approval_the_bytes_must_still_be_the_same() throws Exception {
        var copy = pending();
        cloud.store.put(snapshot(), Bytes.random(1, 1_000));

        approved(copy);

        failed(copy, "SourceChanged", snapshot().key());
    }

    @Test
    void thirty_days_without_a_decision_end_the_copy() throws Exception {
        var copy = pending();

        assertThat(cloud.time.untilNextAlarm())
                .hasValueSatisfying(
                        time -> assertThat(time).isBetween(Duration.ofDays(30).minusMinutes(1), Duration.ofDays(30)));
        cloud.time.goToNextAlarm();
        cloud.until(() -> cloud.calls("SettleCopyFunction") == 1 && cloud.quiet());

        failed(copy, "ApprovalExpired", copy.path("ticketId").asText());
        assertThat(tickets(OWNER))
                .singleElement()
                .extracting(ticket -> ticket.path("state").asText())
                .isEqualTo("Expired");
        assertThat(decide(Demo.OPERATOR, copy, "approve", "Too late").code()).isEqualTo("IncorrectTicketStatus");
    }

    /** The source's snapshot claims that size. Its parts are of 64 MiB. */
    private void stores(long bytes) {
        cloud.sizes.report(snapshot(), bytes);
        change("partSizeBytes", 64L << 20);
    }

    private Blob snapshot() {
        var image = cloud.ledger.read(Images.key(new ImageId(source))).orElseThrow();
        return new Blob(InMemoryCloud.HOME, "snapshots/" + image.text("snapshotId"));
    }

    private void change(String attribute, Object value) {
        var changed = Write.update(Images.key(new ImageId(source)), Condition.exists(), Change.put(attribute, value));
        assertThat(cloud.ledger.commit(List.of(changed)).done()).isTrue();
    }

    private JsonNode requested() throws Exception {
        return RunningCloud.only(cloud.api
                .as(OWNER)
                .post(
                        "/images/" + source + "/copies",
                        Map.of(
                                "targets",
                                List.of(Map.of("region", InMemoryCloud.AWAY.name())),
                                "ticketReason",
                                "The new region needs it")));
    }

    /** A copy whose ticket is open. */
    private JsonNode pending() throws Exception {
        stores(LIMIT + 1);
        var copy = requested();
        cloud.until(cloud::quiet);
        return copy;
    }

    private ApiClient.Answer decide(String account, JsonNode copy, String decision, String reason) throws Exception {
        return cloud.api
                .as(account)
                .post("/tickets/" + copy.path("ticketId").asText() + "/" + decision, Map.of("reason", reason));
    }

    /** The decision's author, time and reason stay on the copy after any end. */
    private void decided(JsonNode copy, String decision, String reason) throws Exception {
        var approval = now(copy).path("approval");
        assertThat(approval.path("decision").asText()).isEqualTo(decision);
        assertThat(approval.path("decidedBy").asText()).contains(Demo.OPERATOR);
        assertThat(approval.path("decidedAt").asText())
                .isGreaterThan(copy.path("createdAt").asText());
        assertThat(approval.path("reason").asText()).isEqualTo(reason);
    }

    private void approved(JsonNode copy) throws Exception {
        decide(Demo.OPERATOR, copy, "approve", "Go on").orExplain();
        cloud.until(cloud::quiet);
    }

    /** Copying 500 GiB in memory takes too long: the copy then has its slot and its upload, which is enough to see. */
    private void cancelWhenBytesMove() {
        cloud.hook((moment, function, copyId) -> {
            if (function.equals("CopySnapshotPartsFunction") && moment == Moment.BEFORE) {
                var copy = cloud.copy(copyId);
                cloud.cancel(
                        copy.path("requestedBy").asText().replaceAll("\\D", ""),
                        copy.path("imageId").asText());
            }
        });
    }

    private void failed(JsonNode copy, String code, String why) throws Exception {
        var end = now(copy);
        assertThat(end.path("status").asText()).isEqualTo("Failed");
        assertThat(end.at("/reason/code").asText()).isEqualTo(code);
        assertThat(end.at("/reason/detail").asText()).contains(why);
        assertThat(HeldResources.of(cloud)).isEqualTo(before);
    }

    private JsonNode now(JsonNode copy) throws Exception {
        return cloud.copy(copy.path("copyId").asText());
    }

    private JsonNode image(JsonNode copy) throws Exception {
        return cloud.api
                .as(OWNER)
                .get("/images/" + copy.path("imageId").asText())
                .orExplain();
    }

    private List<String> steps(JsonNode copy) throws Exception {
        return now(copy).path("steps").findValuesAsText("name");
    }

    private List<JsonNode> tickets(String account) throws Exception {
        return new ArrayList<>(cloud.api
                .as(account)
                .get("/tickets")
                .orExplain()
                .path("tickets")
                .valueStream()
                .toList());
    }
}
