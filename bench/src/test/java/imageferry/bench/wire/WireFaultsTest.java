package imageferry.bench.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import imageferry.aws.S3SnapshotStore;
import imageferry.bench.server.S3Server;
import imageferry.bench.store.SimulatedS3;
import imageferry.bench.store.SimulatedS3.Place;
import imageferry.bench.store.StoredObject;
import imageferry.bench.timing.Calibration;
import imageferry.bench.timing.FaultRates;
import imageferry.bench.timing.RealTime;
import imageferry.bench.tool.CopyFailed;
import imageferry.bench.tool.Engine;
import imageferry.bench.tool.Job;
import imageferry.bench.wire.FaultyProxy.Answer;
import imageferry.bench.wire.FaultyProxy.Fault;
import imageferry.bench.wire.FaultyProxy.Message;
import imageferry.bench.wire.FaultyProxy.Sender;
import imageferry.copying.CopyScene;
import imageferry.copying.StepResult;
import imageferry.copying.transfer.Pause;
import imageferry.snapshot.Blob;
import imageferry.snapshot.PartCopy;
import imageferry.snapshot.PartPlan;
import imageferry.snapshot.StoreUnavailable;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/**
 * Runs the engine with the deployed adapter against an S3 with one fault on the wire. Each run ends in a verified copy
 * or in a failure that names the cause, and a wrong copy never becomes an object.
 */
class WireFaultsTest {
    private static final long PART = 5L << 20;
    private static final PartPlan PLAN = new PartPlan(12 * PART, PART);
    private static final StoredObject DISK = StoredObject.of(1, PLAN);
    private static final StoredObject OTHER_DISK = StoredObject.of(2, PLAN);
    private static final Place OTHER = new Place(Job.source().bucket(), "snapshots/other");

    private SimulatedS3 s3;
    private S3Server server;

    @BeforeEach
    void twoDisks() throws IOException {
        var fast = new Calibration("FAST", 1e12, Duration.ofMillis(1), Duration.ofMillis(1), 1e6, FaultRates.NONE, 0);
        s3 = new SimulatedS3(fast, new RealTime(), 1);
        s3.put(Job.source(), DISK);
        s3.put(OTHER, OTHER_DISK);
        server = new S3Server(s3);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void a_part_answered_with_200_and_an_error_is_copied_again() throws Exception {
        copies(fault(WireFaultsTest::isPartCopy, (message, sender) -> errorIn200()));

        assertVerified();
    }

    @Test
    void a_completion_answered_with_200_and_an_error_is_repeated() throws Exception {
        try (var proxy = new FaultyProxy(
                        server.endpoint(), fault(WireFaultsTest::isCompletion, (message, sender) -> errorIn200()));
                var store = store(proxy)) {
            var scene = new CopyScene(store, new RealTime());
            var copy = scene.copying(Job.SOURCE, PART, Job.TARGET_REGION);
            scene.start(copy);
            scene.copyParts(copy, PLAN.batches().findFirst().orElseThrow());

            assertThatExceptionOfType(StoreUnavailable.class).isThrownBy(() -> scene.complete(copy));
            assertThat(target())
                    .as("an upload that was not completed is not an object")
                    .isEmpty();
            assertThat(scene.complete(copy)).isInstanceOf(StepResult.Done.class);
        }
        assertVerified();
    }

    @Test
    void a_completion_whose_answer_is_lost_is_found_completed() throws Exception {
        copies(fault(WireFaultsTest::isCompletion, (message, sender) -> {
            sender.send(message);
            return Answer.NONE;
        }));

        assertVerified();
    }

    @Test
    void a_part_whose_answer_is_lost_is_copied_again() throws Exception {
        copies(fault(WireFaultsTest::isPartCopy, (message, sender) -> {
            sender.send(message);
            return Answer.NONE;
        }));

        assertVerified();
    }

    @Test
    void a_source_overwritten_during_the_copy_ends_it_and_nothing_is_mixed() {
        assertThatExceptionOfType(CopyFailed.class)
                .isThrownBy(() -> copies(fault(message -> message.is("PUT", "partNumber=7&"), (message, sender) -> {
                    s3.put(Job.source(), OTHER_DISK);
                    return sender.send(message);
                })))
                .withMessageContaining("SourceChanged");

        assertThat(target()).isEmpty();
    }

    @Test
    void bytes_of_a_wrong_range_are_detected_before_they_become_an_object() {
        assertThatExceptionOfType(CopyFailed.class)
                .isThrownBy(() -> copies(fault(
                        message -> message.is("PUT", "partNumber=3&"),
                        (message, sender) ->
                                sender.send(message.with("x-amz-copy-source-range", "bytes=0-" + (PART - 1))))))
                .withMessageContaining("SnapshotCorrupt")
                .withMessageContaining("3");

        assertThat(target()).isEmpty();
    }

    @Test
    void a_truncated_part_is_detected_before_it_becomes_an_object() {
        assertThatExceptionOfType(CopyFailed.class)
                .isThrownBy(() -> copies(fault(
                        message -> message.is("PUT", "partNumber=3&"),
                        (message, sender) -> sender.send(message.with(
                                "x-amz-copy-source-range", "bytes=%d-%d".formatted(2 * PART, 3 * PART - 2))))))
                .withMessageContaining("SnapshotCorrupt");

        assertThat(target()).isEmpty();
    }

    @Test
    void other_bytes_of_the_right_length_are_detected_before_they_become_an_object() {
        assertThatExceptionOfType(CopyFailed.class)
                .isThrownBy(() -> copies(fault(
                        message -> message.is("PUT", "partNumber=5&"),
                        (message, sender) -> sender.send(message.without("x-amz-copy-source-if-match")
                                .with("x-amz-copy-source", OTHER.bucket() + "/" + OTHER.key())))))
                .withMessageContaining("SnapshotCorrupt");

        assertThat(target()).isEmpty();
    }

    @Test
    void an_upload_that_survives_its_abort_is_aborted_again() throws Exception {
        var target = new Blob(Job.TARGET_REGION, "snapshots/aborted");
        // S3 documents that parts in progress may survive an abort, so the abort must be repeated. The fault is
        // injected twice, because an abort that never checks would send two requests.
        try (var proxy = new FaultyProxy(
                        server.endpoint(),
                        fault(
                                message -> message.is("DELETE", "uploadId="),
                                (message, sender) -> new Answer(204, Map.of(), "")),
                        2);
                var store = store(proxy)) {
            var upload = store.open(target, Map.of());

            var source = store.look(Job.SOURCE).orElseThrow();
            store.copyPart(new PartCopy(
                    Job.SOURCE,
                    source.eTag(),
                    target,
                    upload,
                    1,
                    PART,
                    PLAN.rangeOf(1).orElse(null)));

            store.abort(target, upload);

            assertThat(proxy.injected()).isEqualTo(2);
            assertThat(s3.openUploads()).isZero();
        }
    }

    private void copies(Fault fault) throws IOException, InterruptedException {
        try (var proxy = new FaultyProxy(server.endpoint(), fault);
                var store = store(proxy)) {
            var random = new Random(1);
            try {
                new Engine(worker -> store, new RealTime(), Pause.jittered(random), random)
                        .copy(Job.SOURCE, PART, Job.TARGET_REGION);
            } finally {
                assertThat(proxy.injected()).as("the fault was injected").isEqualTo(1);
            }
        }
    }

    private static S3SnapshotStore store(FaultyProxy proxy) {
        return new S3SnapshotStore(
                Job.REGIONS,
                StaticCredentialsProvider.create(AwsBasicCredentials.create("SIMULATED", "simulated")),
                proxy.endpoint());
    }

    private void assertVerified() {
        assertThat(target())
                .hasValueSatisfying(copy -> assertThat(copy.content()).isEqualTo(DISK.content()));
    }

    /** Returns the objects in the target's bucket. */
    private Optional<StoredObject> target() {
        return s3.objectsOf(Job.target().bucket()).stream().findFirst();
    }

    private static boolean isPartCopy(Message message) {
        return message.is("PUT", "partNumber=");
    }

    private static boolean isCompletion(Message message) {
        return message.is("POST", "uploadId=");
    }

    private static Fault fault(Predicate<Message> occasion, Wrong wrong) {
        return new Fault() {
            @Override
            public boolean isFor(Message message) {
                return occasion.test(message);
            }

            @Override
            public Answer inject(Message message, Sender sender) throws IOException, InterruptedException {
                return wrong.inject(message, sender);
            }
        };
    }

    private interface Wrong {
        Answer inject(Message message, Sender s3) throws IOException, InterruptedException;
    }

    private static Answer errorIn200() {
        var body = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>InternalError</Code>"
                + "<Message>We encountered an internal error. Please try again.</Message></Error>";
        return new Answer(200, Map.of("Content-Type", "application/xml"), body);
    }
}
