package imageferry.local.deployed;

import static java.util.stream.Collectors.joining;

import imageferry.account.AccountId;
import imageferry.local.localstack.Await;
import imageferry.local.localstack.LocalStack;
import imageferry.region.Region;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.Capability;
import software.amazon.awssdk.services.cloudformation.model.Output;
import software.amazon.awssdk.services.cloudformation.model.Parameter;
import software.amazon.awssdk.services.cloudformation.model.Stack;

/** The stacks of one account, in every region. */
final class Stacks implements AutoCloseable {
    private static final Duration LONGEST = Duration.ofMinutes(4);

    private final LocalStack cloud;
    private final AccountId account;
    private final Map<Region, CloudFormationClient> clients = new HashMap<>();

    Stacks(LocalStack cloud, AccountId account) {
        this.cloud = cloud;
        this.account = account;
    }

    /** Creates a stack and answers its outputs. */
    Map<String, String> create(String name, Region region, URI template, Map<String, String> parameters)
            throws Exception {
        var client = in(region);
        client.createStack(r -> r.stackName(name)
                .templateURL(template.toString())
                .capabilities(Capability.CAPABILITY_IAM, Capability.CAPABILITY_AUTO_EXPAND)
                .parameters(parameters.entrySet().stream()
                        .map(one -> Parameter.builder()
                                .parameterKey(one.getKey())
                                .parameterValue(one.getValue())
                                .build())
                        .toList()));
        var stack = Await.until(
                "the stack " + name + " in " + region,
                LONGEST,
                () -> only(client, name),
                it -> !it.stackStatusAsString().endsWith("_IN_PROGRESS"));
        if (!stack.stackStatusAsString().equals("CREATE_COMPLETE")) {
            throw new AssertionError(
                    name + " in " + region + " is " + stack.stackStatusAsString() + ": " + failures(client, name));
        }
        var outputs = new HashMap<String, String>();
        for (Output output : stack.outputs()) {
            outputs.put(output.outputKey(), output.outputValue());
        }
        return outputs;
    }

    private CloudFormationClient in(Region region) {
        return clients.computeIfAbsent(region, of -> cloud.client(CloudFormationClient.builder(), account, of));
    }

    private static Stack only(CloudFormationClient client, String name) {
        return client.describeStacks(r -> r.stackName(name)).stacks().getFirst();
    }

    private static String failures(CloudFormationClient client, String name) {
        return client.describeStackEvents(r -> r.stackName(name)).stackEvents().stream()
                .filter(event -> event.resourceStatusAsString().endsWith("_FAILED"))
                .map(event -> event.logicalResourceId() + ": " + event.resourceStatusReason())
                .collect(joining("; "));
    }

    @Override
    public void close() {
        clients.values().forEach(CloudFormationClient::close);
    }
}
