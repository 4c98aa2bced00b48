package imageferry.local.wire;

import imageferry.local.machine.Environment;
import imageferry.local.machine.FunctionInvoker;
import imageferry.local.machine.InvocationResult;
import imageferry.local.machine.MachineName;
import imageferry.local.machine.StateMachine;
import imageferry.local.machine.SystemTimers;
import imageferry.local.machine.definition.Machine;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.sfn.SfnClient;

/** The loopback server over a machine that only waits, and the SDK's clients for it. */
final class WireFixture {
    static final MachineName NAME = new MachineName("us-east-1", "111111111111", "CopyImage");
    static final String BUS = "arn:aws:events:us-east-1:111111111111:event-bus/imageferry";

    private static final String MACHINE = """
            QueryLanguage: JSONata
            StartAt: Await
            States:
              Await:
                Type: Task
                Resource: arn:aws:states:::lambda:invoke.waitForTaskToken
                Arguments: {FunctionName: park, Payload: '{% $states.context.Task.Token %}'}
                End: true
            """;

    private final BlockingQueue<String> tokens = new LinkedBlockingQueue<>();
    final List<BusEvent> heard = new ArrayList<>();
    private final List<AutoCloseable> open = new ArrayList<>();
    final StateMachine executions;
    final EventBus bus;
    private final WireServer server;

    WireFixture(Path folder) throws Exception {
        var timers = keep(new SystemTimers(Clock.systemUTC()));
        FunctionInvoker park = (function, payload) -> {
            tokens.add(new String(payload, StandardCharsets.UTF_8).replace("\"", ""));
            return new InvocationResult.Answer("{}".getBytes(StandardCharsets.UTF_8));
        };
        var surroundings = new Environment(park, Clock.systemUTC(), timers, new Random(3), () -> true);
        executions = keep(StateMachine.open(NAME, Machine.read(MACHINE, Map.of()), folder, surroundings));
        executions.resume();
        bus = new EventBus(BUS, Clock.systemUTC(), heard::addAll);
        server = keep(WireServer.start(0, executions, bus, WireFixture::accessCheck));
    }

    /** Everything for the good key; nothing for others. */
    private static Optional<String> accessCheck(String key, String action, String resource) {
        return key.equals("GOOD") ? Optional.empty() : Optional.of(key + " may not " + action + " on " + resource);
    }

    private <T extends AutoCloseable> T keep(T closeable) {
        open.addFirst(closeable);
        return closeable;
    }

    SfnClient sfn(String key, Region region) {
        return keep(client(SfnClient.builder(), key, region)
                .httpClient(UrlConnectionHttpClient.create())
                .build());
    }

    EventBridgeClient events(String key, Region region) {
        return keep(client(EventBridgeClient.builder(), key, region)
                .httpClient(UrlConnectionHttpClient.create())
                .build());
    }

    private <B extends AwsClientBuilder<B, C>, C> B client(B builder, String key, Region region) {
        return builder.endpointOverride(server.endpoint())
                .region(region)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(key, "secret")));
    }

    String token() throws InterruptedException {
        return tokens.poll(20, TimeUnit.SECONDS);
    }

    void close() throws Exception {
        for (var closeable : open) {
            closeable.close();
        }
    }
}
