package imageferry.local.rights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import imageferry.account.AccountId;
import imageferry.aws.AwsClients;
import imageferry.aws.Backoff;
import imageferry.aws.DynamoDbLedger;
import imageferry.aws.EventBridgeBus;
import imageferry.aws.S3SnapshotStore;
import imageferry.aws.SfnExecutions;
import imageferry.copying.Executions;
import imageferry.copying.Reason;
import imageferry.copying.Wake;
import imageferry.id.CopyId;
import imageferry.ledger.Change;
import imageferry.ledger.Condition;
import imageferry.ledger.Index;
import imageferry.ledger.Item;
import imageferry.ledger.Key;
import imageferry.ledger.Ledger;
import imageferry.ledger.Query;
import imageferry.ledger.Write;
import imageferry.local.cloud.LocalCloud;
import imageferry.local.cloud.LocalSettings;
import imageferry.local.lambda.Failures;
import imageferry.local.lint.Tool;
import imageferry.publishing.Bus;
import imageferry.publishing.Event;
import imageferry.region.Region;
import imageferry.region.Regions;
import imageferry.snapshot.Blob;
import imageferry.snapshot.Part;
import imageferry.snapshot.PartCopy;
import imageferry.snapshot.PartPlan;
import imageferry.snapshot.UploadId;
import java.lang.reflect.Method;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Each call of each port, by the deployed adapter, needs the rights in {@link PortRights} in local mode. */
@Tag("slow")
class PortRightsTest {
    private static final String ANYONE = "anyone";
    private static final Region HOME = new Region("us-east-1");
    private static final Region AWAY = new Region("eu-west-1");
    private static final Blob UPLOAD = new Blob(HOME, "imports/222222222222/disk");
    private static final Blob TARGET = new Blob(AWAY, "snapshots/s-1");
    private static final Blob LEDGER = Blob.ledger(AWAY);
    private static final Key KEY = new Key("TEST#1", "TEST");
    private static final CopyId COPY = new CopyId("c-aaaaaaaaaaaaaaaaa");
    private static final Wake WAKE = new Wake(Wake.Parking.SLOT, "no-token");

    @TempDir
    private static Path data;

    private static final Queue<String> ASKED = new ConcurrentLinkedQueue<>();

    private static LocalCloud cloud;
    private static Ledger ledger;
    private static S3SnapshotStore store;
    private static Executions executions;
    private static Bus bus;

    @BeforeAll
    static void start() throws Exception {
        cloud = LocalCloud.start(
                new LocalSettings(
                        Tool.HOME,
                        data,
                        0,
                        0,
                        List.of(HOME.name(), AWAY.name()),
                        Map.of(),
                        Tool.HOME.resolve("functions/target/functions.zip")),
                (accessKeyId, action, resource, leadingKeys) -> {
                    if (accessKeyId.equals(ANYONE)) {
                        ASKED.add(action + " on " + kind(resource));
                    }
                    return Optional.empty();
                },
                Failures.UNHEARD);
        var environment = new HashMap<>(cloud.environmentOf("SweepFunction"));
        environment.put("AWS_ACCESS_KEY_ID", ANYONE);
        var clients = new AwsClients(environment);
        var random = new Random(1);
        ledger = new DynamoDbLedger(
                clients.dynamoDb(),
                environment.get("TABLE_NAME"),
                new Backoff(Backoff.Limits.FIFTEEN_SECONDS, InstantSource.system(), Thread::sleep, random),
                () -> UUID.randomUUID().toString());
        var regions = new Regions("imageferry", new AccountId("111111111111"), List.of(HOME, AWAY));
        store = new S3SnapshotStore(
                regions, clients.credentials(), clients.endpoint("S3").orElse(null));
        executions = new SfnExecutions(clients.stepFunctions(), environment.get("STATE_MACHINE_ARN"));
        bus = new EventBridgeBus(clients.eventBridge(), "imageferry");
        var put = HttpRequest.newBuilder(URI.create(cloud.s3() + "/" + regions.bucket(HOME) + "/" + UPLOAD.key()))
                .PUT(BodyPublishers.ofString("a disk"))
                .build();
        HttpClient.newHttpClient().send(put, BodyHandlers.discarding());
    }

    @AfterAll
    static void stop() {
        store.close();
        cloud.close();
    }

    @TestFactory
    Stream<DynamicTest> a_call_asks_for_the_rights_that_are_said_of_it() {
        return calls().entrySet().stream()
                .map(call -> dynamicTest(
                        call.getKey(),
                        () -> assertThat(askedBy(call.getValue()))
                                .isEqualTo(said(PortRights.OF_CALLS.get(call.getKey())))));
    }

    @TestFactory
    Stream<DynamicTest> a_write_asks_for_the_rights_that_are_said_of_its_kind() {
        var writes = List.of(
                Write.create(new Key("TEST#2", "TEST"), Item.empty().with("a", "b")),
                Write.update(KEY, Condition.always(), Change.put("a", "c")),
                Write.check(KEY, Condition.exists()),
                Write.delete(KEY));
        return writes.stream()
                .map(write -> dynamicTest(
                        write.getClass().getSimpleName(),
                        () -> assertThat(askedBy(() -> ledger.commit(List.of(write))))
                                .isEqualTo(said(PortRights.OF_WRITES.get(
                                        write.getClass().getSimpleName())))));
    }

    @Test
    void a_query_needs_the_right_to_its_index() throws Exception {
        for (var index : Index.values()) {
            assertThat(askedBy(() -> ledger.query(Query.ascending(index, "P", 1))))
                    .containsExactly(
                            "dynamodb:Query on " + (index == Index.TABLE ? "TABLE" : "index " + index.indexName()));
        }
    }

    @Test
    void every_call_of_every_port_and_every_kind_of_write_is_known() {
        var methods = RequiredRights.PORTS.stream()
                .flatMap(port -> Arrays.stream(port.getDeclaredMethods()))
                .filter(method -> !method.isSynthetic())
                .map(PortRightsTest::name)
                .collect(Collectors.toSet());
        var kinds = Arrays.stream(Write.class.getPermittedSubclasses())
                .map(Class::getSimpleName)
                .collect(Collectors.toSet());

        assertThat(PortRights.OF_CALLS.keySet()).isEqualTo(methods);
        assertThat(calls().keySet())
                .as("a query and a commit have tests of their own")
                .isEqualTo(minus(methods, Set.of("Ledger.query", "Ledger.commit")));
        assertThat(PortRights.OF_WRITES.keySet()).isEqualTo(kinds);
    }

    private interface Call {
        void run() throws Exception;
    }

    private static Map<String, Call> calls() {
        var calls = new LinkedHashMap<String, Call>();
        calls.put("Ledger.put", () -> ledger.put(KEY, Item.empty().with("a", "b")));
        calls.put("Ledger.read(Key)", () -> ledger.read(KEY));
        calls.put("Ledger.read(Collection)", () -> ledger.read(List.of(KEY)));
        calls.put("SnapshotStore.look", () -> store.look(UPLOAD));
        calls.put("SnapshotStore.wholeSha256", () -> {
            var eTag = eTag();
            store.wholeSha256(UPLOAD, eTag);
        });
        calls.put("SnapshotStore.tags", () -> store.tags(UPLOAD));
        calls.put("SnapshotStore.tag", () -> store.tag(UPLOAD, Map.of("a", "b")));
        calls.put("SnapshotStore.read", () -> store.read(UPLOAD, eTag(), 0, 1));
        calls.put("SnapshotStore.parts", () -> store.parts(UPLOAD, 1));
        calls.put("SnapshotStore.open", () -> store.open(TARGET, Map.of()));
        calls.put("SnapshotStore.uploads", () -> store.uploads(AWAY, "snapshots/"));
        calls.put("SnapshotStore.uploadedParts", () -> store.uploadedParts(TARGET, upload(), 1, 1));
        calls.put("SnapshotStore.copyPart", () -> copied(upload()));
        calls.put("SnapshotStore.complete", () -> {
            var upload = upload();
            var part = store.uploadedParts(TARGET, upload, 1, 1).getFirst();
            ASKED.clear();
            store.complete(TARGET, upload, List.of(part), part.sizeBytes());
        });
        calls.put("SnapshotStore.abort", () -> {
            var upload = store.open(TARGET, Map.of());
            ASKED.clear();
            store.abort(TARGET, upload);
        });
        calls.put("SnapshotStore.text", () -> store.text(LEDGER));
        calls.put("SnapshotStore.createText", () -> store.createText(LEDGER, "id"));
        calls.put("SnapshotStore.replaceText", () -> store.replaceText(LEDGER, "id"));
        calls.put("SnapshotStore.list", () -> store.list(AWAY, "snapshots/"));
        calls.put("SnapshotStore.link", () -> {
            var link = HttpRequest.newBuilder(store.link(UPLOAD, Duration.ofMinutes(1), "disk"))
                    .build();
            HttpClient.newHttpClient().send(link, BodyHandlers.discarding());
        });
        calls.put("SnapshotStore.deleteUnchanged", () -> store.deleteUnchanged(UPLOAD, "\"another\""));
        calls.put("SnapshotStore.delete", () -> store.delete(UPLOAD));
        calls.put("Executions.start", () -> executions.start(COPY));
        calls.put("Executions.state", () -> executions.state(COPY));
        calls.put("Executions.go", () -> executions.go(COPY, WAKE));
        calls.put("Executions.stop", () -> executions.stop(COPY, WAKE, new Reason("Code", "detail")));
        calls.put("Bus.publish", () -> bus.publish(List.of(new Event("Copy State Change", "{}", Instant.EPOCH))));
        return calls;
    }

    private static String eTag() {
        var eTag = store.look(UPLOAD).orElseThrow().eTag();
        ASKED.clear();
        return eTag;
    }

    /** The open upload of the target. The rights for finding it are not counted. */
    private static UploadId upload() {
        var upload = store.uploads(AWAY, TARGET.key()).getFirst().id();
        ASKED.clear();
        return upload;
    }

    private static Part copied(UploadId upload) {
        var eTag = eTag();
        var plan = new PartPlan(6, 5 << 20);
        return store.copyPart(new PartCopy(
                UPLOAD, eTag, TARGET, upload, 1, plan.sizeOf(1), plan.rangeOf(1).orElse(null)));
    }

    private static Set<String> askedBy(Call call) throws Exception {
        ASKED.clear();
        call.run();
        return new TreeSet<>(ASKED);
    }

    private static Set<String> said(Set<RequestedAction> asks) {
        return asks.stream()
                .map(ask -> ask.toString().replace("SOURCE", "OBJECT"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String kind(String resource) {
        var parts = resource.split(":", 6);
        return switch (parts[2]) {
            case "s3" -> parts[5].contains("/") ? "OBJECT" : "BUCKET";
            case "dynamodb" -> parts[5].contains("/index/") ? "index " + parts[5].replaceAll(".*/", "") : "TABLE";
            case "kms" -> "KEY";
            case "states" -> parts[5].startsWith("execution") ? "EXECUTION" : "STATE_MACHINE";
            default -> "BUS";
        };
    }

    private static String name(Method method) {
        var name = method.getDeclaringClass().getSimpleName() + "." + method.getName();
        return method.getName().equals("read") && method.getDeclaringClass().equals(Ledger.class)
                ? name + "(" + method.getParameterTypes()[0].getSimpleName() + ")"
                : name;
    }

    private static Set<String> minus(Set<String> all, Set<String> some) {
        return all.stream().filter(one -> !some.contains(one)).collect(Collectors.toSet());
    }
}
