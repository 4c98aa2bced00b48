package imageferry.local.template;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/** One Lambda function of the template, resolved: what to construct, with which variables, for how long and with which rights. */
public record FunctionSpec(
        String logicalId,
        String name,
        String arn,
        String handlerClass,
        Map<String, String> environment,
        Duration timeout,
        int memoryMegabytes,
        int reservedConcurrency,
        List<Statement> statements,
        AsyncRetry async,
        List<StreamMapping> streams,
        List<Schedule> schedules,
        List<EventRule> rules) {
    /** How often an event that nobody waits for is tried again (0 to 2), and whether its loss is to be kept somewhere. */
    public record AsyncRetry(int attempts, boolean keepsUndelivered) {}

    public FunctionSpec {
        environment = Map.copyOf(environment);
        statements = List.copyOf(statements);
        streams = List.copyOf(streams);
        schedules = List.copyOf(schedules);
        rules = List.copyOf(rules);
    }
}
