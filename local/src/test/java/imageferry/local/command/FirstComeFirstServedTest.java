package imageferry.local.command;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import imageferry.ledger.Item;
import imageferry.ledger.Key;
import imageferry.local.command.InMemoryCloud.Moment;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Rule 6: a region runs five copies at once. The others wait in the order of their arrival, and nothing polls. */
@Timeout(120)
@Tag("slow")
class FirstComeFirstServedTest {
    private static final int SLOTS = 5;
    private static final int MANY = 200;
    private static final Key REGION = RecordedGrants.slotsOf(InMemoryCloud.AWAY);
    private static final List<String> STEPS = List.of(
            "ValidateCopyFunction",
            "RequestSlotFunction",
            "StartSnapshotCopyFunction",
            "CopySnapshotPartsFunction",
            "CompleteSnapshotCopyFunction",
            "CreateImageFunction",
            "ShareImageFunction");

    @TempDir
    Path folder;

    private final RecordedGrants grants = new RecordedGrants(InMemoryCloud.AWAY);
    private InMemoryCloud cloud;
    private String source;

    @BeforeEach
    void anImageAndARegionWhoseSlotsAreTaken() throws Exception {
        cloud = new InMemoryCloud(
                folder, Map.of("SlotsPerRegion", "" + SLOTS, "ImagesPerRegion", "300", "CopiesPerRegion", "300"));
        cloud.ledger.observe(grants);
        source = cloud.imported(Demo.OPERATOR, "golden");
        HeldResources.takeAllSlots(cloud, InMemoryCloud.AWAY);
    }

    @AfterEach
    void stop() throws Exception {
        cloud.close();
    }

    @Test
    void two_hundred_copies_queued_at_once_end_in_order() throws Exception {
        var copies = atOnce(i -> () -> requested(i));
        cloud.until(cloud::quiet);
        var queue = queue();
        assertThat(queue).containsExactlyInAnyOrderElementsOf(copies);
        assertThat(cloud.copy(queue.getLast()).path("queuePosition").asInt()).isEqualTo(MANY);

        theOthersGiveTheirSlotsBack();
        cloud.until(cloud::quiet);

        assertThat(statuses(copies)).containsOnlyKeys("Available");
        assertThat(grants.all()).extracting(RecordedGrants.Grant::copy).containsExactlyElementsOf(queue);
        eachGrantTookTheFirstOfTheQueueAndNoneWasTooMany();
        nothingIsHeld();
    }

    @Test
    void while_nothing_changes_no_function_is_called() throws Exception {
        atOnce(i -> () -> requested(i));
        cloud.until(cloud::quiet);

        assertThat(cloud.time.untilNextAlarm())
                .as("the time until the next event: the end of a week in the queue")
                .hasValueSatisfying(time -> assertThat(time).isGreaterThan(Duration.ofDays(6)));
        assertThat(STEPS.subList(0, 2))
                .allSatisfy(step -> assertThat(cloud.calls(step)).as(step).isEqualTo(MANY + 1));
        assertThat(STEPS.subList(2, STEPS.size()))
                .allSatisfy(step -> assertThat(cloud.calls(step)).as(step).isEqualTo(1));

        theOthersGiveTheirSlotsBack();
        cloud.until(cloud::quiet);

        assertThat(STEPS)
                .allSatisfy(step -> assertThat(cloud.calls(step)).as(step).isEqualTo(MANY + 1));
        assertThat(cloud.calls("SettleCopyFunction")).isZero();
    }

    @Test
    void the_order_holds_when_copies_are_cancelled_or_die_at_any_step() throws Exception {
        cloud.hook(this::strike);
        var copies = new ArrayList<String>();
        for (var i = 0; i < MANY; i++) {
            copies.add(requested(i));
        }
        cloud.until(cloud::quiet);
        for (var i = 50; i < 60; i++) {
            cloud.cancel(Demo.OPERATOR, image(queue().get(i)));
        }

        theOthersGiveTheirSlotsBack();
        cloud.until(cloud::quiet);
        var sweeps = 0;
        while (!unended(copies).isEmpty()) {
            cloud.time.advance(Duration.ofMinutes(6));
            cloud.sweep();
            cloud.until(cloud::quiet);
            assertThat(++sweeps).as("sweeps").isLessThan(50);
        }

        var ends = statuses(copies);
        assertThat(ends).containsOnlyKeys("Available", "Cancelled", "Failed");
        assertThat(ends.get("Available"))
                .hasSizeGreaterThan(MANY / 2)
                .containsAll(spared(copies, ends.get("Cancelled")));
        assertThat(ends.get("Cancelled")).hasSizeGreaterThan(15);
        assertThat(ends.get("Failed")).hasSizeGreaterThan(10).allSatisfy(copy -> {
            assertThat(cloud.copy(copy).at("/reason/code").asText()).isEqualTo("ExecutionEnded");
        });
        eachGrantTookTheFirstOfTheQueueAndNoneWasTooMany();
        nothingIsHeld();
        nothingIsLeftOf(ends);
    }

    /** One of ten is cancelled, and one of ten dies, each at its own step. */
    private void strike(Moment moment, String function, String copyId) throws Exception {
        var fate = Math.floorMod(copyId.hashCode(), 10 * 2 * STEPS.size());
        var step = STEPS.get(fate / 20);
        var when = fate / 10 % 2 == 0 ? Moment.BEFORE : Moment.AFTER;
        if (step.equals(function) && when == moment && !image(copyId).equals(source)) {
            switch (fate % 10) {
                case 0 -> cloud.cancel(Demo.OPERATOR, image(copyId));
                case 1 -> cloud.kill(copyId);
                default -> {}
            }
        }
    }

    private static List<String> spared(List<String> copies, List<String> cancelled) {
        return copies.stream()
                .filter(copy -> Math.floorMod(copy.hashCode(), 10) > 1)
                .filter(copy -> !cancelled.contains(copy))
                .toList();
    }

    private String requested(int number) throws Exception {
        return RunningCloud.only(cloud.copy(Demo.OPERATOR, source, "copy-" + number))
                .path("copyId")
                .asText();
    }

    private static List<String> atOnce(IntFunction<Callable<String>> request) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = IntStream.range(0, MANY)
                    .mapToObj(i -> threads.submit(request.apply(i)))
                    .toList();
            var all = new ArrayList<String>();
            for (var answer : answers) {
                all.add(answer.get());
            }
            return all;
        }
    }

    private List<String> queue() {
        return RecordedGrants.queue(cloud.ledger.contents(), InMemoryCloud.AWAY);
    }

    private void theOthersGiveTheirSlotsBack() {
        HeldResources.giveAllSlotsBack(cloud, InMemoryCloud.AWAY);
        cloud.sweep();
    }

    private Item record(String copyId) {
        return cloud.ledger.read(new Key("COPY#" + copyId, "COPY")).orElseThrow();
    }

    private String image(String copyId) {
        return record(copyId).text("imageId");
    }

    private Map<String, List<String>> statuses(List<String> copies) {
        return copies.stream().collect(groupingBy(copy -> record(copy).text("status")));
    }

    private List<String> unended(List<String> copies) {
        return copies.stream().filter(copy -> !record(copy).has("endedAt")).toList();
    }

    private void eachGrantTookTheFirstOfTheQueueAndNoneWasTooMany() {
        assertThat(grants.all())
                .allSatisfy(grant -> assertThat(grant.copy()).isEqualTo(grant.first()))
                .allSatisfy(grant -> assertThat(grant.holders()).isLessThanOrEqualTo(SLOTS));
        assertThat(grants.all()).extracting(RecordedGrants.Grant::holders).contains(SLOTS);
        assertThat(grants.all()).extracting(RecordedGrants.Grant::copy).doesNotHaveDuplicates();
    }

    private void nothingIsHeld() {
        assertThat(cloud.ledger.read(REGION).orElseThrow().map("holders")).isEmpty();
        assertThat(queue()).isEmpty();
        var original = cloud.ledger.read(new Key("IMAGE#" + source, "IMAGE")).orElseThrow();
        assertThat(original.texts("copyingTo")).isEmpty();
    }

    /** The parts of failed copies are kept for a day, and their finished objects for another week. */
    private void nothingIsLeftOf(Map<String, List<String>> ends) {
        cloud.time.advance(Duration.ofHours(25));
        cloud.sweep();
        cloud.time.advance(Duration.ofDays(8));
        cloud.sweep();
        var available = new HashSet<String>();
        ends.get("Available")
                .forEach(copy -> available.add("snapshots/" + record(copy).text("snapshotId")));
        assertThat(objects()).isEqualTo(available);
        assertThat(cloud.store.uploads(InMemoryCloud.AWAY, "")).isEmpty();
        var quota = new Key("QUOTA#" + Demo.OPERATOR + "#" + InMemoryCloud.AWAY, "IMAGES");
        assertThat(cloud.ledger.read(quota).orElseThrow().number("count")).isEqualTo(available.size());
    }

    private Set<String> objects() {
        return cloud.store.list(InMemoryCloud.AWAY, "snapshots/").stream()
                .map(stored -> stored.blob().key())
                .collect(toSet());
    }
}
