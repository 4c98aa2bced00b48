package imageferry.local.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import imageferry.account.AccountId;
import imageferry.aws.AwsClients;
import imageferry.aws.Backoff;
import imageferry.aws.DynamoDbLedger;
import imageferry.aws.S3SnapshotStore;
import imageferry.aws.SfnExecutions;
import imageferry.copying.Executions;
import imageferry.copying.Reason;
import imageferry.copying.Wake;
import imageferry.function.WiredFunctions;
import imageferry.id.CopyId;
import imageferry.region.Region;
import imageferry.region.Regions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

/** A deployed function, run here against a running cloud with the rights of its own role, but at another time. */
final class DeployedFunction {
    private final RunningCloud cloud;
    private final InstantSource clock;

    DeployedFunction(RunningCloud cloud, InstantSource clock) {
        this.cloud = cloud;
        this.clock = clock;
    }

    /** @param variables the function's variables that differ from those of the cloud's other functions */
    JsonNode call(String function, Map<String, String> variables, String event) throws IOException {
        var environment = new HashMap<>(cloud.environmentOf(function));
        environment.putAll(variables);
        var clients = new AwsClients(environment);
        var random = new Random(1);
        var regions = new Regions(
                "imageferry",
                new AccountId(Demo.OPERATOR),
                RunningCloud.REGIONS.stream().map(Region::new).toList());
        var backoff = new Backoff(Backoff.Limits.FIFTEEN_SECONDS, clock, Thread::sleep, random);
        try (var dynamoDb = clients.dynamoDb();
                var store = new S3SnapshotStore(
                        regions, clients.credentials(), clients.endpoint("S3").orElse(null))) {
            var ledger = new DynamoDbLedger(
                    dynamoDb,
                    environment.get("TABLE_NAME"),
                    backoff,
                    () -> UUID.randomUUID().toString());
            var functions = new WiredFunctions(ledger, store, executions(clients, environment), clock, random);
            var answer = functions.call(
                    "imageferry.function." + function, environment, event.getBytes(StandardCharsets.UTF_8));
            return new ObjectMapper().readTree(answer);
        }
    }

    private static Executions executions(AwsClients clients, Map<String, String> environment) {
        var machine = environment.get("STATE_MACHINE_ARN");
        return machine == null ? new None() : new SfnExecutions(clients.stepFunctions(), machine);
    }

    /** For functions without the state machine's ARN. */
    private static final class None implements Executions {
        @Override
        public void start(CopyId copy) {
            throw new UnsupportedOperationException();
        }

        @Override
        public State state(CopyId copy) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void go(CopyId copy, Wake wake) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void stop(CopyId copy, Wake wake, Reason reason) {
            throw new UnsupportedOperationException();
        }
    }
}
