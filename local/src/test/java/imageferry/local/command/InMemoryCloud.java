package imageferry.local.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import imageferry.function.WiredFunctions;
import imageferry.ledger.Item;
import imageferry.ledger.Key;
import imageferry.ledger.Write;
import imageferry.local.data.DataDisk;
import imageferry.local.gateway.Gateway;
import imageferry.local.lambda.Answer;
import imageferry.local.machine.Environment;
import imageferry.local.machine.FakeTime;
import imageferry.local.machine.InvocationResult;
import imageferry.local.machine.MachineName;
import imageferry.local.machine.StateMachine;
import imageferry.local.machine.definition.Machine;
import imageferry.local.template.FunctionSpec;
import imageferry.local.template.Template;
import imageferry.local.template.TemplateYaml;
import imageferry.region.Region;
import imageferry.snapshot.Blob;
import imageferry.snapshot.Bytes;
import imageferry.snapshot.InMemorySnapshotStore;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The deployed contract, functions and state machine, over a ledger and a store in memory. Only a test moves its time,
 * except for a millisecond with each read of the clock, so that no two moments are the same. A test can run an action
 * between any two steps of the machine.
 */
final class InMemoryCloud implements AutoCloseable {
    static final Region HOME = new Region(RunningCloud.REGIONS.getFirst());
    static final Region AWAY = new Region(RunningCloud.REGIONS.get(1));

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int DISK_BYTES = 1 << 16;

    /** Signals every change that a test may wait for. */
    enum Moment {
        BEFORE,
        AFTER
    }

    /** Called at each call of the state machine, before and after the function has done its work. */
    interface Hook {
        void at(Moment moment, String function, String copyId) throws Exception;
    }

    final FakeTime time = new FakeTime().jumping(Duration.ofSeconds(50));
    final ObservedLedger ledger = new ObservedLedger();
    final InMemorySnapshotStore store = new InMemorySnapshotStore(this::now);
    final ReportedSizes sizes = new ReportedSizes();
    final ApiClient api;
    /** The number of calls of each function. */
    final Map<String, AtomicInteger> calls = new ConcurrentHashMap<>();

    private final Template template;
    private final Map<String, FunctionSpec> byArn = new HashMap<>();
    private final WiredFunctions functions;
    private final StateMachine executions;
    private final Workflows workflows;
    private final Gateway gateway;
    private final ExecutorService stream = Executors.newSingleThreadExecutor();
    /** The number of functions that work for a copy now. */
    private final Map<String, Integer> working = new ConcurrentHashMap<>();

    private final AtomicInteger begun = new AtomicInteger();
    private final AtomicInteger underWay = new AtomicInteger();
    private final Set<String> dead = ConcurrentHashMap.newKeySet();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Object changes = new Object();
    private volatile @Nullable Throwable broken;
    private volatile Hook hook = (moment, function, copyId) -> {};

    InMemoryCloud(Path folder, Map<String, String> parameters) throws IOException {
        var overrides = new HashMap<>(parameters);
        overrides.put("Regions", String.join(",", RunningCloud.REGIONS));
        template = Template.read(Home.folder(), overrides);
        template.functions().values().forEach(function -> byArn.put(function.arn(), function));
        var machine = template.stateMachines().getFirst();
        executions = StateMachine.open(
                new MachineName(template.homeRegion(), template.account(), machine.logicalId()),
                Machine.read(Files.readString(machine.definition()), machine.substitutions()),
                folder.resolve("executions"),
                new Environment(this::step, time, time, new Random(7), () -> true));
        workflows = new Workflows(executions, dead, this::changed);
        functions = new WiredFunctions(ledger, sizes.over(store), workflows, this::now, new Random(1));
        ledger.observe(this::tell);
        executions.resume();
        gateway = Gateway.start(0, template.apis().getFirst(), template.account(), this::serve, DataDisk.of(folder));
        api = new ApiClient(gateway.uri(), Demo.OPERATOR);
    }

    /** openapi.yaml, as a tree. */
    JsonNode contract() {
        return TemplateYaml.read(Home.folder().resolve("openapi.yaml"));
    }

    URI uri() {
        return gateway.uri();
    }

    /** A function's answer when the gateway lets an unsigned call through, which our own gateway never does. */
    Request.Reply unsigned(String method, String path) throws Exception {
        var event = json(
                Map.of("httpMethod", method, "resource", path, "requestContext", Map.of("requestId", "r-unsigned")));
        if (!(call(template.functions().get("DescribeAccountFunction"), event)
                instanceof Answer.Returned(var payload))) {
            throw new AssertionError("The function failed");
        }
        var answer = JSON.readTree(payload);
        return new Request.Reply(
                answer.path("statusCode").asInt(),
                JSON.readTree(answer.path("body").asText()));
    }

    /** The clock of the functions. */
    private synchronized Instant now() {
        time.advance(Duration.ofMillis(1));
        return time.instant();
    }

    void hook(Hook next) {
        hook = next;
    }

    /** Stops the copy's execution anywhere, as an operator's StopExecution does. Nothing of it continues. */
    void kill(String copyId) {
        dead.add(copyId);
        changed();
    }

    void sweep() {
        call(template.functions().get("SweepFunction"), "{}".getBytes(StandardCharsets.UTF_8));
    }

    int calls(String function) {
        return calls.getOrDefault(function, new AtomicInteger()).get();
    }

    /** Puts a small disk under the account's import prefix, and imports it. Returns the available image's id. */
    String imported(String account, String name) throws Exception {
        var imported = importing(account, name).orExplain();
        until(this::quiet);
        return imported.at("/image/imageId").asText();
    }

    ApiClient.Answer importing(String account, String name) throws Exception {
        var key = "imports/" + account + "/" + name;
        store.put(new Blob(HOME, key), Bytes.of(disk()));
        return api.as(account).post("/images", Map.of("region", HOME.name(), "name", name, "importKey", key));
    }

    /** A disk of one Linux partition without data. */
    static byte[] disk() {
        var disk = new byte[DISK_BYTES];
        disk[446 + 4] = (byte) 0x83;
        disk[446 + 8] = 1;
        disk[446 + 12] = (byte) (DISK_BYTES / 512 - 1);
        disk[510] = 0x55;
        disk[511] = (byte) 0xAA;
        return disk;
    }

    /** Requests a copy to the other region. */
    ApiClient.Answer copy(String account, String image, String name) throws Exception {
        return api.as(account)
                .post(
                        "/images/" + image + "/copies",
                        Map.of("targets", List.of(Map.of("region", AWAY.name(), "name", name))));
    }

    ApiClient.Answer cancel(String account, String image) throws Exception {
        return api.as(account).post("/images/" + image + "/cancel-copy", Map.of());
    }

    ApiClient.Answer put(String account, String path, Map<String, ?> body) throws Exception {
        try (var http = HttpClient.newHttpClient()) {
            var answer = http.send(
                    HttpRequest.newBuilder(gateway.uri().resolve(path))
                            .header("X-Imageferry-Account", account)
                            .PUT(body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(json(body)))
                            .build(),
                    BodyHandlers.ofByteArray());
            return new ApiClient.Answer(answer.statusCode(), JSON.readTree(answer.body()));
        }
    }

    /** The view of a copy. The operator sees everybody's. */
    JsonNode copy(String copyId) throws Exception {
        return api.get("/copies/" + copyId).orExplain();
    }

    /** Waits until a condition holds, checked after every change. An exception of a hook is thrown here. */
    void until(BooleanSupplier condition) throws InterruptedException {
        synchronized (changes) {
            while (!condition.getAsBoolean()) {
                var failure = broken;
                if (failure != null) {
                    broken = null;
                    throw new AssertionError("A hook failed", failure);
                }
                changes.wait();
            }
        }
    }

    /**
     * Returns whether nothing is in progress: every execution has ended, waits for a token that nobody answers yet, or
     * was killed.
     */
    boolean quiet() {
        var before = begun.get();
        return underWay.get() == 0 && workflows.running().allMatch(this::waits) && begun.get() == before;
    }

    private boolean waits(String copyId) {
        return dead.contains(copyId)
                || ledger.read(new Key("COPY#" + copyId, "COPY"))
                        .filter(copy -> copy.has("wake"))
                        .filter(copy -> Set.of("PendingApproval", "Waiting").contains(copy.text("status")))
                        .isPresent();
    }

    private void begin() {
        begun.incrementAndGet();
        underWay.incrementAndGet();
    }

    private void changed() {
        synchronized (changes) {
            changes.notifyAll();
        }
    }

    /** A call by the state machine. */
    private InvocationResult step(String functionArn, byte[] payload) throws InterruptedException {
        var function = byArn.get(functionArn);
        var copyId = copyOf(payload);
        begin();
        working.merge(copyId, 1, Integer::sum);
        try {
            return alive(copyId, () -> {
                hook.at(Moment.BEFORE, function.logicalId(), copyId);
                return alive(copyId, () -> {
                    var result = result(call(function, payload));
                    hook.at(Moment.AFTER, function.logicalId(), copyId);
                    return alive(copyId, () -> result);
                });
            });
        } catch (RuntimeException | Error e) {
            broken = e;
            throw e;
        } finally {
            working.merge(copyId, -1, Integer::sum);
            underWay.decrementAndGet();
            changed();
        }
    }

    private static String copyOf(byte[] payload) {
        try {
            return JSON.readTree(payload).path("copyId").asText();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private interface Work {
        InvocationResult run() throws Exception;
    }

    /** A dead execution does not continue. */
    private InvocationResult alive(String copyId, Work work) throws InterruptedException {
        if (dead.contains(copyId)) {
            underWay.decrementAndGet();
            working.merge(copyId, -1, Integer::sum);
            changed();
            try {
                closing.await();
            } finally {
                working.merge(copyId, 1, Integer::sum);
                underWay.incrementAndGet();
            }
            throw new InterruptedException("closing");
        }
        try {
            return work.run();
        } catch (InterruptedException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static InvocationResult result(Answer answer) {
        return switch (answer) {
            case Answer.Returned(byte[] payload) -> new InvocationResult.Answer(payload);
            case Answer.Failed(String _, byte[] payload) -> new InvocationResult.FunctionError(payload);
            case Answer.Refused(String name, String message) -> new InvocationResult.ServiceError(name, message);
        };
    }

    /** A call by the API. */
    private Answer serve(String functionArn, byte[] payload) {
        return call(byArn.get(functionArn), payload);
    }

    private Answer call(FunctionSpec function, byte[] payload) {
        calls.computeIfAbsent(function.logicalId(), first -> new AtomicInteger())
                .incrementAndGet();
        try {
            return new Answer.Returned(functions.call(function.handlerClass(), function.environment(), payload));
        } catch (RuntimeException e) {
            var error = Map.of("errorType", e.getClass().getName(), "errorMessage", String.valueOf(e.getMessage()));
            return new Answer.Failed(e.getClass().getName(), json(error));
        }
    }

    /** The table's stream, with the filter of its one reader of copies. */
    private void tell(List<Write> writes, Map<Key, Item> before) {
        writes.stream()
                .map(Write::key)
                .filter(key -> key.sort().equals("COPY"))
                .filter(key -> ledger.read(key).isPresent())
                .forEach(key -> {
                    if (!before.containsKey(key)) {
                        advance("INSERT", key);
                    } else if (ledger.read(key).orElseThrow().has("wake")) {
                        advance("MODIFY", key);
                    }
                });
        changed();
    }

    private void advance(String eventName, Key key) {
        var copyId = ledger.read(key).orElseThrow().text("copyId");
        var record = Map.of(
                "eventName",
                eventName,
                "dynamodb",
                Map.of(
                        "Keys",
                        Map.of("sk", Map.of("S", "COPY")),
                        "NewImage",
                        Map.of("copyId", Map.of("S", copyId)),
                        "SequenceNumber",
                        "1"));
        begin();
        stream.execute(() -> {
            try {
                awaitStepOf(copyId);
                call(template.functions().get("AdvanceCopiesFunction"), json(Map.of("Records", List.of(record))));
            } finally {
                underWay.decrementAndGet();
                changed();
            }
        });
    }

    /** Lets a function that parked a copy answer before the copy continues. Then no two steps ever overlap. */
    private void awaitStepOf(String copyId) {
        synchronized (changes) {
            while (working.getOrDefault(copyId, 0) > 0) {
                try {
                    changes.wait();
                } catch (InterruptedException e) {
                    throw new AssertionError("closing", e);
                }
            }
        }
    }

    private static byte[] json(Object value) {
        try {
            return JSON.writeValueAsBytes(value);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        gateway.close();
        closing.countDown();
        executions.close();
        stream.shutdownNow();
        stream.close();
    }
}
