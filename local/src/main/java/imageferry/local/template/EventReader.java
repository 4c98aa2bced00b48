package imageferry.local.template;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads a function's {@code Events}: table streams, schedules and EventBridge rules. Routes come from openapi.yaml alone. */
final class EventReader {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern RATE = Pattern.compile("rate\\((\\d+) (minute|hour|day)s?\\)");
    private static final Set<String> STREAM = Set.of(
            "Stream",
            "StartingPosition",
            "BatchSize",
            "FilterCriteria",
            "FunctionResponseTypes",
            "MaximumRetryAttempts",
            "MaximumRecordAgeInSeconds",
            "BisectBatchOnFunctionError",
            "DestinationConfig",
            "ParallelizationFactor",
            "Enabled");
    private static final Set<String> SCHEDULE = Set.of("Schedule", "ScheduleExpression", "Input", "Enabled", "State");
    private static final Set<String> SCHEDULE_WITHOUT_EFFECT = Set.of(
            "Name",
            "Description",
            "RetryPolicy",
            "DeadLetterConfig",
            "FlexibleTimeWindow",
            "PermissionsBoundary",
            "ScheduleExpressionTimezone",
            "OmitName",
            "GroupName");

    private final String function;
    private final List<StreamMapping> streams = new ArrayList<>();
    private final List<Schedule> schedules = new ArrayList<>();
    private final List<EventRule> rules = new ArrayList<>();

    EventReader(String function, JsonNode events) {
        this.function = function;
        events.properties().forEach(event -> event(event.getKey(), event.getValue()));
    }

    List<StreamMapping> streams() {
        return streams;
    }

    List<Schedule> schedules() {
        return schedules;
    }

    List<EventRule> rules() {
        return rules;
    }

    private void event(String name, JsonNode event) {
        var properties = new Properties(function + ".Events." + name, event.path("Properties"));
        switch (event.path("Type").asText()) {
            case "DynamoDB" -> stream(name, properties);
            case "Schedule", "ScheduleV2" -> schedule(name, properties);
            case "EventBridgeRule", "CloudWatchEvent" -> rule(name, properties);
            case "Api" -> properties.only(Set.of("Path", "Method", "RestApiId"), Set.of("Auth"));
            default ->
                throw new TemplateRefused("Local mode does not know the type "
                        + event.path("Type").asText() + " of the event " + name + " of " + function + ".");
        }
    }

    private void stream(String name, Properties stream) {
        stream.only(STREAM, Set.of("MaximumBatchingWindowInSeconds", "MetricsConfig"))
                .must("Enabled", "true")
                .must("ParallelizationFactor", "1");
        var filters = new ArrayList<JsonNode>();
        stream.at("FilterCriteria")
                .path("Filters")
                .forEach(filter ->
                        filters.add(parsed(name, filter.path("Pattern").asText())));
        var age = stream.number("MaximumRecordAgeInSeconds", -1);
        var retries = stream.number("MaximumRetryAttempts", -1);
        streams.add(new StreamMapping(
                function,
                name,
                stream.text("Stream"),
                stream.number("BatchSize", 100),
                filters,
                reportsItemFailures(name, stream.at("FunctionResponseTypes")),
                stream.flag("BisectBatchOnFunctionError", false),
                retries < 0 ? null : retries,
                age < 0 ? null : Duration.ofSeconds(age),
                FunctionReader.keepsUndelivered(stream.in("DestinationConfig"))));
    }

    private boolean reportsItemFailures(String name, JsonNode types) {
        var given = Intrinsics.texts(types);
        if (!given.isEmpty() && !given.equals(List.of("ReportBatchItemFailures"))) {
            throw new TemplateRefused(
                    "Local mode does not know the response types " + given + " of " + function + "." + name + ".");
        }
        return !given.isEmpty();
    }

    private void schedule(String name, Properties schedule) {
        schedule.only(SCHEDULE, SCHEDULE_WITHOUT_EFFECT);
        if (!schedule.flag("Enabled", true) || schedule.text("State", "ENABLED").equals("DISABLED")) {
            return;
        }
        var expression = schedule.text(schedule.has("Schedule") ? "Schedule" : "ScheduleExpression");
        var rate = RATE.matcher(expression);
        if (!rate.matches() || Long.parseLong(rate.group(1)) == 0) {
            throw new TemplateRefused("Local mode knows only rate(… minutes, hours or days) as a schedule, not "
                    + expression + " of " + function + "." + name + ".");
        }
        schedules.add(new Schedule(
                function, name, rate(Long.parseLong(rate.group(1)), rate.group(2)), input(name, schedule)));
    }

    private static Duration rate(long count, String unit) {
        return switch (unit) {
            case "minute" -> Duration.ofMinutes(count);
            case "hour" -> Duration.ofHours(count);
            default -> Duration.ofDays(count);
        };
    }

    private @Nullable JsonNode input(String name, Properties schedule) {
        return schedule.has("Input") ? parsed(name, schedule.text("Input")) : null;
    }

    private void rule(String name, Properties rule) {
        rule.only(
                        Set.of("Pattern", "EventBusName", "State"),
                        Set.of("RuleName", "RetryPolicy", "DeadLetterConfig", "Target"))
                .must("EventBusName", "default")
                .must("State", "ENABLED");
        rules.add(new EventRule(function, name, rule.at("Pattern")));
    }

    private JsonNode parsed(String event, String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException broken) {
            throw new TemplateRefused(
                    "The pattern or input of " + function + "." + event + " is not JSON: " + json + ".");
        }
    }
}
