package imageferry.local.template;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/** One resolved Lambda function of the template: its handler, variables, timeout and rights. */
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
    /** The number of retries of an asynchronous event (0 to 2), and whether a lost one is recorded. */
    public record AsyncRetry(int attempts, boolean keepsUndelivered) {}

    public FunctionSpec {
        environment = Map.copyOf(environment);
        statements = List.copyOf(statements);
        streams = List.copyOf(streams);
        schedules = List.copyOf(schedules);
        rules = List.copyOf(rules);
    }
}
