package imageferry.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The alarms of both templates, and their page. */
class AlarmsTest {
    private static final Pattern ROW =
            Pattern.compile("^\\| `(\\w+Alarm)`[^|]* \\| (.+?) \\| (.+?) \\|$", Pattern.MULTILINE);

    static Map<String, JsonNode> alarms() {
        var alarms = new TreeMap<>(Shipped.resources("AWS::CloudWatch::Alarm"));
        Shipped.REGION.get("Resources").properties().stream()
                .filter(resource -> resource.getValue().path("Type").asText().equals("AWS::CloudWatch::Alarm"))
                .forEach(resource ->
                        alarms.put(resource.getKey(), resource.getValue().get("Properties")));
        return alarms;
    }

    @Test
    void the_page_has_every_alarm_and_the_action() {
        var rows = ROW.matcher(Shipped.text("docs/operating.md"))
                .results()
                .map(row -> row.group(1))
                .toList();
        var named = new ArrayList<>(alarms().keySet());
        named.removeIf(name -> alarms().get(name).path("MetricName").asText().equals("Errors"));

        assertThat(rows).containsExactlyInAnyOrderElementsOf(named);
    }

    @Test
    void every_alarm_notifies_the_topic_and_says_why() {
        assertThat(alarms()).hasSizeGreaterThan(40).allSatisfy((name, alarm) -> {
            assertThat(alarm.at("/AlarmActions/Fn::If/0").asText()).isEqualTo("AlarmsNotify");
            assertThat(alarm.path("AlarmDescription").asText()).isNotBlank();
            assertThat(alarm.path("TreatMissingData").asText())
                    .isEqualTo(Map.of(
                                    "SilentSweeperAlarm", "breaching",
                                    "KeyAtRiskAlarm", "ignore",
                                    "UndeliveredChangesAlarm", "ignore")
                            .getOrDefault(name, "notBreaching"));
        });
    }

    @Test
    void a_sweeper_that_does_not_run_at_all_raises_its_alarm() {
        var alarm = alarms().get("SilentSweeperAlarm");

        assertThat(alarm.at("/Dimensions/0/Value/Ref").asText()).isEqualTo("SweepFunction");
        assertThat(alarm.path("MetricName").asText()).isEqualTo("Invocations");
        assertThat(alarm.path("ComparisonOperator").asText()).isEqualTo("LessThanThreshold");
        assertThat(Shipped.texts(Shipped.TEMPLATE, "rate(5 minutes)"::equals)).hasSize(1);
        assertThat(alarm.path("Period").asInt()).isEqualTo(3 * 5 * 60);
    }

    @ParameterizedTest
    @CsvSource({
        "AdvanceCopiesAgeAlarm, AdvanceCopiesFunction",
        "PublishChangesAgeAlarm, PublishChangesFunction",
    })
    void each_reader_of_the_stream_may_be_a_minute_behind(String name, String function) {
        var alarm = alarms().get(name);

        assertThat(Shipped.texts(Shipped.functions().get(function).path("Events"), "DynamoDB"::equals))
                .isNotEmpty();
        assertThat(alarm.at("/Dimensions/0/Value/Ref").asText()).isEqualTo(function);
        assertThat(alarm.path("MetricName").asText()).isEqualTo("IteratorAge");
        assertThat(alarm.path("Threshold").asInt()).isEqualTo(60_000);
    }

    @Test
    void the_alarms_of_the_api_look_at_its_stage() {
        var api = Shipped.TEMPLATE.at("/Resources/Api/Properties");

        assertThat(alarms().values())
                .filteredOn(alarm -> alarm.path("Namespace").asText().equals("AWS/ApiGateway"))
                .hasSize(2)
                .allSatisfy(alarm -> {
                    assertThat(alarm.at("/Dimensions/0/Value")).isEqualTo(api.get("Name"));
                    assertThat(alarm.at("/Dimensions/1/Value")).isEqualTo(api.get("StageName"));
                });
    }
}
