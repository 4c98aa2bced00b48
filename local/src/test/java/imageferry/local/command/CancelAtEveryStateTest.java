package imageferry.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import imageferry.local.command.InMemoryCloud.Moment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.Yaml;

/**
 * Rule 7: an image in the making can be cancelled until it is Available. A cancel in each state of the machine, just
 * before and just after the work of the state's function, has the same end.
 */
@Timeout(120)
@Tag("slow")
class CancelAtEveryStateTest {
    private static final String OWNER = "222222222222";
    private static final String FRIEND = "333333333333";
    private static final String SETTLE = "SettleCopyFunction";
    private static final String LAST = "CreateImageFunction";

    /** The calls for a copy that is approved first, in order. */
    private static final List<String> COPY = List.of(
            "ValidateCopyFunction",
            "RequestApprovalFunction",
            "ValidateCopyFunction",
            "RequestSlotFunction",
            "StartSnapshotCopyFunction",
            "CopySnapshotPartsFunction",
            "CompleteSnapshotCopyFunction",
            LAST,
            "ShareImageFunction");

    private static final List<String> IMPORT = COPY.subList(2, COPY.size());

    private static final AtomicInteger NAMES = new AtomicInteger();

    @TempDir
    static Path folder;

    static InMemoryCloud cloud;
    static String source;
    static String instance;

    /** One point of a copy's course, and whether it is too late there. */
    record Point(int call, String function, Moment moment, boolean late) {
        static Stream<Point> of(List<String> way) {
            var last = way.indexOf(LAST);
            return IntStream.range(0, way.size())
                    .boxed()
                    .flatMap(call -> Stream.of(
                            new Point(call, way.get(call), Moment.BEFORE, call > last),
                            new Point(call, way.get(call), Moment.AFTER, call >= last)));
        }

        boolean is(int call, Moment moment) {
            return call == this.call && moment == this.moment;
        }

        @Override
        public String toString() {
            return moment + " call " + (call + 1) + ", " + function;
        }
    }

    static Stream<Point> copyPoints() {
        return Point.of(COPY);
    }

    static Stream<Point> importPoints() {
        return Point.of(IMPORT);
    }

    @BeforeAll
    static void anImageAndAnInstanceInTheTargetRegion() throws Exception {
        cloud = new InMemoryCloud(folder, Map.of("ApprovalAboveBytes", "1000"));
        cloud.hook(CancelAtEveryStateTest::approve);
        source = cloud.imported(OWNER, "golden");
        var there = RunningCloud.only(cloud.copy(OWNER, source, "there"));
        cloud.until(cloud::quiet);
        instance = cloud.api
                .as(OWNER)
                .post(
                        "/instances",
                        Map.of("imageId", there.path("imageId").asText(), "region", InMemoryCloud.AWAY.name()))
                .orExplain()
                .path("instanceId")
                .asText();
    }

    @BeforeEach
    void everyTicketIsApproved() {
        approveAll();
    }

    @AfterAll
    static void stop() {
        cloud.close();
    }

    @Test
    void a_copy_passes_through_every_state_that_calls_a_function() throws Exception {
        var definition = Files.readString(Home.folder().resolve("statemachine/copy-image.asl.yaml"));
        var called = new ArrayList<String>();
        collectFunctions(new Yaml().load(definition), called);

        assertThat(called).containsOnlyOnce(SETTLE);
        called.remove(SETTLE);
        assertThat(called).isNotEmpty().allSatisfy(function -> assertThat(COPY).contains(function));
    }

    @ParameterizedTest
    @MethodSource("copyPoints")
    void a_copy_that_is_cancelled_at_any_point_ends_the_same(Point point) throws Exception {
        var name = "copy-" + NAMES.incrementAndGet();
        var before = HeldResources.of(cloud);

        var answer = cancelledAt(point, () -> RunningCloud.only(cloud.copy(OWNER, source, name)));

        if (point.late()) {
            cameTooLate(answer);
        } else {
            isCancelled(answer);
            assertThat(HeldResources.of(cloud)).isEqualTo(before);
            theImageCannotBeUsedButDeleted(answer.image(), InMemoryCloud.AWAY.name());
            theNameIsFree(() -> RunningCloud.only(cloud.copy(OWNER, source, name)));
        }
    }

    @ParameterizedTest
    @MethodSource("importPoints")
    void an_import_that_is_cancelled_at_any_point_ends_the_same(Point point) throws Exception {
        var name = "import-" + NAMES.incrementAndGet();
        var before = HeldResources.of(cloud);

        var answer = cancelledAt(point, () -> imported(name));

        if (point.late()) {
            assertThat(answer.to().code()).isEqualTo("ImageCreatedNotFromCopy");
        } else {
            isCancelled(answer);
            assertThat(HeldResources.of(cloud)).isEqualTo(before);
            theImageCannotBeUsedButDeleted(answer.image(), InMemoryCloud.HOME.name());
            theNameIsFree(() -> imported(name));
        }
    }

    @Test
    void a_cancel_may_be_repeated_until_the_copy_has_ended() throws Exception {
        var answers = new ArrayList<ApiClient.Answer>();
        cloud.hook((moment, function, copyId) -> {
            if (function.equals("CopySnapshotPartsFunction") && moment == Moment.BEFORE) {
                answers.add(cloud.cancel(OWNER, image(copyId)));
                answers.add(cloud.cancel(OWNER, image(copyId)));
            } else if (function.equals(SETTLE)) {
                answers.add(cloud.cancel(OWNER, image(copyId)));
            } else {
                approve(moment, function, copyId);
            }
        });
        cloud.copy(OWNER, source, "often").orExplain();
        cloud.until(cloud::quiet);

        assertThat(answers).extracting(ApiClient.Answer::status).containsExactly(202, 202, 202, 409);
        assertThat(answers.subList(0, 3))
                .extracting(answer -> answer.body().at("/copy/status").asText())
                .containsOnly("Cancelling");
        assertThat(answers.getLast().code()).isEqualTo("IncorrectImageStatus");
    }

    @Test
    void a_copy_that_waits_for_the_operator_is_cancelled() throws Exception {
        cloud.hook((moment, function, copyId) -> {});
        var before = HeldResources.of(cloud);
        var copy = RunningCloud.only(cloud.copy(OWNER, source, "pending"));
        cloud.until(cloud::quiet);
        assertThat(status(copy)).isEqualTo("PendingApproval");

        isCancelled(cancelled(copy));
        assertThat(HeldResources.of(cloud)).isEqualTo(before);
        var ticket = tickets().filter(one -> one.path("ticketId").equals(copy.path("ticketId")));
        assertThat(ticket)
                .singleElement()
                .extracting(one -> one.path("state").asText())
                .isEqualTo("Withdrawn");
    }

    @Test
    void a_copy_that_waits_in_the_queue_is_cancelled() throws Exception {
        var before = HeldResources.of(cloud);
        HeldResources.takeAllSlots(cloud, InMemoryCloud.AWAY);
        var copy = RunningCloud.only(cloud.copy(OWNER, source, "queued"));
        cloud.until(cloud::quiet);
        assertThat(status(copy)).isEqualTo("Waiting");
        assertThat(cloud.copy(copy.path("copyId").asText())
                        .path("queuePosition")
                        .asInt())
                .isEqualTo(1);

        isCancelled(cancelled(copy));
        HeldResources.giveAllSlotsBack(cloud, InMemoryCloud.AWAY);
        assertThat(HeldResources.of(cloud)).isEqualTo(before);
    }

    @Test
    void strangers_can_neither_cancel_nor_see_a_copy() throws Exception {
        cloud.hook((moment, function, copyId) -> {});
        var copy = RunningCloud.only(cloud.copy(OWNER, source, "mine"));
        var image = copy.path("imageId").asText();

        for (var other : List.of(FRIEND, Demo.OPERATOR)) {
            var answer = cloud.cancel(other, image);
            assertThat(answer.status()).isEqualTo(404);
            assertThat(answer.code()).isEqualTo("InvalidImageId.NotFound");
        }
        cloud.until(cloud::quiet);
        assertThat(status(copy)).isEqualTo("PendingApproval");
        isCancelled(cancelled(copy));
    }

    /** The results of a cancel. */
    private record Cancelled(ApiClient.Answer to, String copy, String image) {}

    private interface Start {
        JsonNode copy() throws Exception;
    }

    private Cancelled cancelledAt(Point point, Start start) throws Exception {
        var call = new AtomicInteger(-1);
        var answers = new ArrayList<Cancelled>();
        cloud.hook((moment, function, copyId) -> {
            if (function.equals(SETTLE)) {
                return;
            }
            var number = moment == Moment.BEFORE ? call.incrementAndGet() : call.get();
            if (point.is(number, moment)) {
                assertThat(function).isEqualTo(point.function());
                answers.add(new Cancelled(cloud.cancel(OWNER, image(copyId)), copyId, image(copyId)));
            } else {
                approve(moment, function, copyId);
            }
        });
        start.copy();
        cloud.until(cloud::quiet);
        approveAll();
        assertThat(answers).as("answers to cancels " + point).hasSize(1);
        return answers.getFirst();
    }

    private Cancelled cancelled(JsonNode copy) throws Exception {
        var image = copy.path("imageId").asText();
        var answer = cloud.cancel(OWNER, image);
        cloud.until(cloud::quiet);
        return new Cancelled(answer, copy.path("copyId").asText(), image);
    }

    private void isCancelled(Cancelled cancelled) throws Exception {
        assertThat(cancelled.to().status()).isEqualTo(202);
        assertThat(cancelled.to().body().at("/copy/status").asText()).isIn("Cancelling", "Cancelled");
        var copy = cloud.copy(cancelled.copy());
        assertThat(copy.path("status").asText()).isEqualTo("Cancelled");
        assertThat(copy.at("/reason/code").asText()).isEqualTo("CopyCancelled");
        assertThat(copy.at("/reason/detail").asText()).contains("arn:aws:iam::" + OWNER + ":");
        assertThat(copy.at("/steps/" + (copy.path("steps").size() - 1) + "/name")
                        .asText())
                .isEqualTo("Settle Copy");
        assertThat(copy.path("endedAt").asText()).isNotEmpty();
    }

    private void cameTooLate(Cancelled cancelled) throws Exception {
        assertThat(cancelled.to().status()).isEqualTo(409);
        assertThat(cancelled.to().code()).isEqualTo("IncorrectImageStatus");
        assertThat(cloud.copy(cancelled.copy()).path("status").asText()).isEqualTo("Available");
    }

    private void theImageCannotBeUsedButDeleted(String image, String region) throws Exception {
        var owner = cloud.api.as(OWNER);
        assertThat(owner.get("/images/" + image).body().path("status").asText()).isEqualTo("UnAvailable");
        assertThat(listed("/images?region=" + region)).doesNotContain(image);
        assertThat(listed("/images?region=" + region + "&status=all")).contains(image);

        var other = region.equals("us-east-1") ? "eu-west-1" : "us-east-1";
        var refused = Map.of(
                "instance", owner.post("/instances", Map.of("imageId", image, "region", region)),
                "download", owner.get("/images/" + image + "/download"),
                "replace", cloud.put(OWNER, "/instances/" + instance + "/system-disk", Map.of("imageId", image)),
                "copy", owner.post("/images/" + image + "/copies", Map.of("targets", List.of(Map.of("region", other)))),
                "share", cloud.put(OWNER, "/images/" + image + "/shares/" + FRIEND, Map.of()),
                "cancel", cloud.cancel(OWNER, image));
        assertThat(refused).allSatisfy((use, answer) -> {
            assertThat(answer.status()).as(use).isEqualTo(409);
            assertThat(answer.body().findValuesAsText("code")).as(use).contains("IncorrectImageStatus");
        });

        assertThat(owner.delete("/images/" + image).status()).isEqualTo(204);
        assertThat(owner.get("/images/" + image).status()).isEqualTo(404);
    }

    private void theNameIsFree(Start again) throws Exception {
        cloud.hook((moment, function, copyId) -> {
            if (function.equals("ValidateCopyFunction") && moment == Moment.BEFORE) {
                cloud.cancel(OWNER, image(copyId));
            }
        });
        assertThat(again.copy().path("copyId").asText()).startsWith("c-");
        cloud.until(cloud::quiet);
    }

    private JsonNode imported(String name) throws Exception {
        return cloud.importing(OWNER, name).orExplain().path("copy");
    }

    private List<String> listed(String path) throws Exception {
        return cloud.api.as(OWNER).get(path).orExplain().path("images").findValuesAsText("imageId");
    }

    private Stream<JsonNode> tickets() throws Exception {
        return cloud.api.get("/tickets").orExplain().path("tickets").valueStream();
    }

    private String status(JsonNode copy) throws Exception {
        return cloud.copy(copy.path("copyId").asText()).path("status").asText();
    }

    private String image(String copyId) throws Exception {
        return cloud.copy(copyId).path("imageId").asText();
    }

    private void approveAll() {
        cloud.hook(CancelAtEveryStateTest::approve);
    }

    private static void approve(Moment moment, String function, String copyId) throws Exception {
        if (function.equals("RequestApprovalFunction") && moment == Moment.AFTER) {
            var copy = cloud.copy(copyId);
            if (copy.path("status").asText().equals("PendingApproval")) {
                cloud.api
                        .post("/tickets/" + copy.path("ticketId").asText() + "/approve", Map.of())
                        .orExplain();
            }
        }
    }

    private static void collectFunctions(Object yaml, List<String> called) {
        switch (yaml) {
            case Map<?, ?> map -> {
                if (map.get("FunctionName") instanceof String name) {
                    called.add(name.replaceAll("[${}]", ""));
                }
                map.values().forEach(value -> collectFunctions(value, called));
            }
            case List<?> list -> list.forEach(value -> collectFunctions(value, called));
            case null, default -> {}
        }
    }
}
