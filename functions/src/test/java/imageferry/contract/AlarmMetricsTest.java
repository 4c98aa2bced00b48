package imageferry.contract;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import imageferry.contract.AlarmRule.Point;
import imageferry.function.edge.Metrics.Metric;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every alarm is fed by a metric that exists, with the dimensions under which it exists, and rings at its threshold. */
class AlarmMetricsTest {
    /** The metrics of AWS by namespace and name, with their dimensions, as the services' pages on monitoring list them. */
    private static final Map<String, Set<String>> DOCUMENTED = Map.ofEntries(
            // lambda/latest/dg/monitoring-metrics-types.html and monitoring-concurrency.html
            Map.entry("AWS/Lambda Errors", Set.of("FunctionName")),
            Map.entry("AWS/Lambda Invocations", Set.of("FunctionName")),
            Map.entry("AWS/Lambda IteratorAge", Set.of("FunctionName")),
            // apigateway/latest/developerguide/api-gateway-metrics-and-dimensions.html
            Map.entry("AWS/ApiGateway 5XXError", Set.of("ApiName", "Stage")),
            Map.entry("AWS/ApiGateway Latency", Set.of("ApiName", "Stage")),
            // step-functions/latest/dg/procedure-cw-metrics.html
            Map.entry("AWS/States ExecutionsTimedOut", Set.of("StateMachineArn")),
            Map.entry("AWS/States ExecutionThrottled", Set.of("StateMachineArn")),
            // amazondynamodb/latest/developerguide/metrics-dimensions.html
            Map.entry("AWS/DynamoDB WriteThrottleEvents", Set.of("TableName")),
            // eventbridge/latest/userguide/eb-monitoring.html: RuleName alone on the default bus
            Map.entry("AWS/Events FailedInvocations", Set.of("RuleName")),
            // AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html
            Map.entry("AWS/SQS ApproximateNumberOfMessagesVisible", Set.of("QueueName")));

    /** The alarms that compute with metrics, which all have no dimensions or that of a function. */
    private static final Map<String, Set<String>> COMPUTED = Map.of(
            "ThrottledStartsAlarm", Set.of("AWS/Lambda Throttles"),
            "ConcurrencyAlarm", Set.of("AWS/Lambda ClaimedAccountConcurrency"));

    private static final Instant NOON = Instant.parse("2026-12-01T12:00:00Z");

    private static Set<String> simple() {
        return AlarmsTest.alarms().entrySet().stream()
                .filter(alarm -> alarm.getValue().has("MetricName"))
                .map(Map.Entry::getKey)
                .collect(toSet());
    }

    @Test
    void each_alarm_names_a_metric_of_ours_or_a_documented_one_with_its_dimensions() {
        var own = Arrays.stream(Metric.values()).map(Metric::toString).collect(toSet());
        var used = new TreeMap<String, Set<String>>();
        for (var name : simple()) {
            var rule = AlarmRule.of(name);
            if (rule.namespace().equals("Imageferry")) {
                assertThat(own).as(name).contains(rule.metric());
            } else {
                used.computeIfAbsent(rule.namespace() + " " + rule.metric(), metric -> new TreeSet<>())
                        .addAll(rule.dimensions());
            }
        }

        assertThat(used).isEqualTo(DOCUMENTED);
    }

    @Test
    void the_other_alarms_compute_with_metrics_of_lambda() {
        var computed = AlarmsTest.alarms().entrySet().stream()
                .filter(alarm -> !alarm.getValue().has("MetricName"))
                .collect(toMap(Map.Entry::getKey, alarm -> metrics(alarm.getValue())));

        assertThat(computed).isEqualTo(COMPUTED);
    }

    private static Set<String> metrics(JsonNode alarm) {
        return alarm.findValues("Metric").stream()
                .map(metric -> metric.get("Namespace").asText() + " "
                        + metric.get("MetricName").asText())
                .collect(toSet());
    }

    @Test
    void the_alarm_on_errors_of_each_function_is_named_after_it() {
        var watched = AlarmsTest.alarms().entrySet().stream()
                .filter(alarm -> alarm.getValue().path("MetricName").asText().equals("Errors"))
                .collect(toMap(
                        Map.Entry::getKey,
                        alarm -> alarm.getValue().at("/Dimensions/0/Value/Ref").asText()));

        assertThat(watched)
                .allSatisfy((name, function) -> assertThat(function).isEqualTo(name.replace("Alarm", "Function")))
                .hasSameSizeAs(Shipped.functions());
        assertThat(watched.values())
                .containsExactlyInAnyOrderElementsOf(Shipped.functions().keySet());
    }

    @ParameterizedTest
    @MethodSource("simple")
    void it_rings_when_its_threshold_is_reached_for_as_long_as_it_says(String name) {
        var rule = AlarmRule.of(name);
        var below = rule.other().path("ComparisonOperator").asText().startsWith("Less");
        var bad = below ? rule.threshold() - 1 : rule.threshold();
        var good = below ? rule.threshold() : rule.threshold() - 1;

        assertThat(rule.rings(points(rule, bad, rule.periods()))).isTrue();
        // After its last period the sweeper's metric has no data, which counts as silence.
        assertThat(rule.rings(points(rule, good, rule.periods()))).isEqualTo(below);
        if (rule.periods() > 1) {
            assertThat(rule.rings(points(rule, bad, rule.periods() - 1))).isFalse();
        }
    }

    @Test
    void only_a_sweeper_that_is_silent_rings_without_data() {
        assertThat(simple().stream().filter(name -> AlarmRule.of(name).rings(List.of())))
                .containsExactly("SilentSweeperAlarm");
    }

    private static List<Point> points(AlarmRule rule, long value, int periods) {
        return LongStream.range(0, periods)
                .mapToObj(number -> new Point(NOON.plus(rule.period().multipliedBy(number)), value))
                .toList();
    }
}
