package imageferry.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.LongStream;

/**
 * An alarm of the templates on one metric, evaluated as CloudWatch does: over whole periods, each of which must cross the threshold.
 *
 * @param dimensions their names
 */
public record AlarmRule(
        String namespace,
        String metric,
        Set<String> dimensions,
        String statistic,
        Duration period,
        int periods,
        long threshold,
        JsonNode other) {
    /** A value of a metric. */
    public record Point(Instant at, long value) {}

    /** The alarm of that name. A namespace that depends on the installation is the default one's. */
    public static AlarmRule of(String name) {
        var alarm = AlarmsTest.alarms().get(name);
        var dimensions = new TreeSet<String>();
        alarm.path("Dimensions")
                .forEach(dimension -> dimensions.add(dimension.get("Name").asText()));
        var namespace = alarm.get("Namespace");
        return new AlarmRule(
                namespace.isTextual()
                        ? namespace.asText()
                        : namespace.at("/Fn::If/1").asText(),
                alarm.get("MetricName").asText(),
                dimensions,
                alarm.path("Statistic").asText(),
                Duration.ofSeconds(alarm.get("Period").asLong()),
                alarm.get("EvaluationPeriods").asInt(),
                alarm.get("Threshold").asLong(),
                alarm);
    }

    /** Returns whether the alarm rings at a time between the first point and one period after the last. */
    public boolean rings(List<Point> points) {
        var values = new TreeMap<Long, List<Long>>();
        points.forEach(point -> values.merge(
                point.at().getEpochSecond() / period.toSeconds(),
                List.of(point.value()),
                (some, more) ->
                        List.of(some, more).stream().flatMap(List::stream).toList()));
        var first = values.isEmpty() ? 0 : values.firstKey();
        var last = values.isEmpty() ? 0 : values.lastKey() + 1;
        return LongStream.rangeClosed(first, last)
                .anyMatch(end -> LongStream.range(0, periods).allMatch(back -> crosses(values, end - back)));
    }

    private boolean crosses(Map<Long, List<Long>> values, long period) {
        var found = values.get(period);
        if (found == null) {
            return other.path("TreatMissingData").asText().equals("breaching");
        }
        var value = statistic.equals("Sum")
                ? found.stream().mapToLong(Long::longValue).sum()
                : found.stream().mapToLong(Long::longValue).max().orElseThrow();
        return switch (other.path("ComparisonOperator").asText()) {
            case "GreaterThanOrEqualToThreshold" -> value >= threshold;
            case "LessThanThreshold" -> value < threshold;
            case String comparison -> throw new IllegalArgumentException(comparison);
        };
    }
}
