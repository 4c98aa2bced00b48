package imageferry.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import imageferry.aws.AwsClients;
import imageferry.aws.S3SnapshotStore;
import imageferry.snapshot.PartCopy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The required and the forbidden properties of every function in the template. */
class TemplateTest {
    private static final String STATE_MACHINE = "CopyImageStateMachine";

    @Test
    void every_function_has_a_role_of_its_own_made_from_statements_written_here() {
        assertThat(Shipped.functions()).hasSize(26).allSatisfy((name, function) -> {
            assertThat(function.has("Role")).isFalse();
            assertThat(statements(function)).isNotEmpty();
        });
    }

    @Test
    void no_function_may_use_a_wildcard_for_actions_or_resources() {
        Shipped.functions()
                .forEach((name, function) -> statements(function).forEach(statement -> {
                    assertThat(Shipped.texts(statement.get("Resource"), "*"::equals))
                            .as(name)
                            .isEmpty();
                    assertThat(Shipped.texts(statement.get("Action"), action -> action.contains("*")))
                            .as(name)
                            .isEmpty();
                }));
    }

    @Test
    void a_function_with_lists_may_only_write_the_secret_of_lists() {
        for (var function : List.of("DescribeImagesFunction", "DescribeCopiesFunction")) {
            var writing = statements(Shipped.functions().get(function)).stream()
                    .filter(statement -> !Shipped.texts(
                                    statement.get("Action"),
                                    action -> !action.matches("dynamodb:(Batch)?Get.*|.*:Query"))
                            .isEmpty())
                    .toList();

            assertThat(writing).as(function).singleElement().satisfies(statement -> {
                assertThat(statement.get("Action").asText()).isEqualTo("dynamodb:PutItem");
                assertThat(statement
                                .at("/Condition/ForAllValues:StringEquals/dynamodb:LeadingKeys/0")
                                .asText())
                        .isEqualTo("SECRET#lists");
            });
        }
    }

    @Test
    void only_log_delivery_has_no_resource_to_be_limited_to() {
        var unlimited = new ArrayList<JsonNode>();
        Shipped.eachObject(Shipped.TEMPLATE, (path, node) -> {
            if (!Shipped.texts(node.path("Resource"), "*"::equals).isEmpty()) {
                unlimited.add(node);
            }
        });

        assertThat(unlimited).hasSize(1);
        assertThat(statements(stateMachine())).containsAll(unlimited);
        assertThat(Shipped.texts(unlimited.getFirst().get("Action"), action -> !action.startsWith("logs:")))
                .isEmpty();
    }

    @Test
    void the_key_is_used_through_s3_and_by_its_alias_alone() {
        Shipped.functions()
                .forEach((name, function) -> statements(function).forEach(statement -> {
                    if (!Shipped.texts(statement.get("Action"), action -> action.startsWith("kms:"))
                            .isEmpty()) {
                        assertThat(statement
                                        .at("/Condition/ForAnyValue:StringEquals/kms:ResourceAliases/Fn::Sub")
                                        .asText())
                                .as(name)
                                .isEqualTo("alias/${Installation}");
                        assertThat(statement
                                        .at("/Condition/StringLike/kms:ViaService/Fn::Sub")
                                        .asText())
                                .isEqualTo("s3.*.${AWS::URLSuffix}");
                    }
                }));
    }

    /** CloudFormation gives them to every resource that takes tags. Without them, no bill tells what this costs. */
    @Test
    void both_stacks_have_tags() {
        assertThat(Shipped.text("samconfig.toml").lines())
                .filteredOn("tags = \"application=imageferry\""::equals)
                .hasSize(2);
    }

    /** Other partitions are those of the United States' government, of China and of the European sovereign cloud. */
    @ParameterizedTest
    @ValueSource(strings = {"template.yaml", "region.yaml", "openapi.yaml", "statemachine/copy-image.asl.yaml"})
    void no_name_of_a_resource_is_bound_to_one_partition(String file) {
        assertThat(Shipped.text(file).lines())
                .filteredOn(line -> !line.contains("example:"))
                .noneMatch(line -> line.contains("arn:aws:"));
    }

    /** LintTest checks the resources that SAM adds, where SAM is installed. */
    @Test
    void only_the_parameter_of_the_table_in_use_names_the_own_table() {
        var text = Shipped.text("template.yaml");

        assertThat(text.split("Table\\.Arn", -1)).as("Table.Arn is used once").hasSize(2);
        assertThat(text.split("Table\\.StreamArn", -1))
                .hasSameSizeAs(text.split("RestoredStream}\\n +- !GetAtt Table\\.StreamArn", -1));
        assertThat(text.split("!Ref Table\\b", -1))
                .hasSameSizeAs(text.split("TableIsRestored, !Ref RestoredTable, !Ref Table\\b", -1));
    }

    @Test
    void the_guard_of_the_regions_is_removed_first() {
        var guard = Shipped.TEMPLATE.at("/Resources/GuardedRegions");
        var others = new TreeSet<String>();
        Shipped.TEMPLATE.get("Resources").fieldNames().forEachRemaining(others::add);
        others.removeAll(Set.of("GuardedRegions", "GuardRegionsFunction"));
        // The log names them, under their condition.
        others.removeAll(Set.of("ApiAccount", "ApiLogWriter"));
        // It has a condition, too, and nothing works by it.
        others.remove("Budget");

        assertThat(Shipped.texts(guard.get("DependsOn"), text -> true)).containsAll(others);
        assertThat(guard.at("/Properties/ServiceToken/Fn::GetAtt/0").asText()).isEqualTo("GuardRegionsFunction");
        assertThat(guard.at("/Properties/Regions/Ref").asText()).isEqualTo("Regions");
        assertThat(guard.at("/Properties/ServiceTimeout").asInt())
                .isGreaterThan(Shipped.timeout("GuardRegionsFunction"));
    }

    @Test
    void the_gateway_throttles_frequent_callers() {
        var all = Shipped.TEMPLATE.at("/Resources/Api/Properties/MethodSettings/0");

        assertThat(all.path("ResourcePath").asText()).isEqualTo("/*");
        assertThat(all.path("HttpMethod").asText()).isEqualTo("*");
        assertThat(all.path("ThrottlingRateLimit").asInt()).isPositive();
        assertThat(all.path("ThrottlingBurstLimit").asInt()).isPositive();
    }

    /** Routes that read S3 in other regions; the retry of a copy has two. */
    @Test
    void the_costly_routes_have_lower_rates_of_their_own() {
        var settings = Shipped.list(Shipped.TEMPLATE.at("/Resources/Api/Properties/MethodSettings")).stream()
                .skip(1)
                .toList();

        assertThat(settings)
                .extracting(setting -> setting.path("ResourcePath")
                        .asText()
                        .replaceFirst("^/", "")
                        .replace("~1", "/"))
                .containsExactly(
                        "/images", "/images/{imageId}/copies", "/images/{imageId}/retry-copy", "/copies/{copyId}/retry")
                .allSatisfy(route -> assertThat(
                                Shipped.OPENAPI.at("/paths").path(route).has("post"))
                        .as(route)
                        .isTrue());
        assertThat(settings).allSatisfy(setting -> {
            assertThat(setting.path("HttpMethod").asText()).isEqualTo("POST");
            assertThat(setting.at("/ThrottlingRateLimit/Ref").asText()).isEqualTo("CopyRequestsPerSecond");
            assertThat(setting.at("/ThrottlingBurstLimit/Ref").asText()).isEqualTo("CopyRequestsAtOnce");
        });
    }

    @Test
    void no_log_of_the_gateway_or_the_workflow_contains_requests() {
        var accessLog = Shipped.TEMPLATE
                .at("/Resources/Api/Properties/AccessLogSetting/Fn::If/1/Format")
                .asText();

        assertThat(accessLog).contains("$context.requestId").doesNotContain("$input", "querystring", "authorizer");
        assertThat(Shipped.TEMPLATE
                        .at("/Resources/Api/Properties/MethodSettings/0")
                        .has("DataTraceEnabled"))
                .isFalse();
        assertThat(stateMachine().at("/Logging/IncludeExecutionData").asText()).isEqualTo("false");
    }

    /** The account's role for logs belongs to all APIs of the account and region. */
    @Test
    void the_accounts_role_for_logs_is_set_on_request_only_and_before_the_log_is_used() {
        var log = Shipped.TEMPLATE.at("/Resources/ApiLog");

        assertThat(Shipped.TEMPLATE.at("/Parameters/ApiAccessLog/Default").asText())
                .isEqualTo("none");
        for (var resource : List.of("ApiLogWriter", "ApiAccount")) {
            assertThat(Shipped.TEMPLATE
                            .at("/Resources/" + resource + "/Condition")
                            .asText())
                    .as(resource)
                    .isEqualTo("LogRoleIsManaged");
        }
        assertThat(log.at("/Metadata/WrittenBy/Fn::If/0").asText()).isEqualTo("LogRoleIsManaged");
        assertThat(log.at("/Metadata/WrittenBy/Fn::If/1/Ref").asText()).isEqualTo("ApiAccount");
        assertThat(Shipped.TEMPLATE
                        .at("/Resources/Api/Properties/AccessLogSetting/Fn::If/1/DestinationArn/Fn::GetAtt/0")
                        .asText())
                .isEqualTo("ApiLog");
    }

    /** A resource that is retained after a failed creation keeps its fixed name, and the next creation fails. */
    @Test
    void a_failed_creation_keeps_nothing_and_protection_comes_after_it() {
        for (var stack : List.of(Shipped.TEMPLATE, Shipped.REGION)) {
            Shipped.eachObject(stack.get("Resources"), (path, node) -> {
                if (node.has("DeletionPolicy")) {
                    assertThat(node.get("DeletionPolicy").asText()).as(path).isEqualTo("RetainExceptOnCreate");
                    assertThat(node.path("UpdateReplacePolicy").asText())
                            .as(path)
                            .isEqualTo("Retain");
                }
                assertThat(node.has("DeletionProtectionEnabled")).as(path).isFalse();
            });
        }
    }

    @Test
    void every_function_is_the_zip_and_the_handler_of_its_name() {
        assertThat(Shipped.functions()).allSatisfy((name, function) -> {
            assertThat(function.path("CodeUri").asText()).isEqualTo("functions/target/functions.zip");
            assertThat(function.path("Handler").asText()).isEqualTo("imageferry.function." + name + "::handleRequest");
            assertThat(function.path("Description").asText()).isNotEmpty();
        });
    }

    @Test
    void every_function_writes_to_a_log_that_expires() {
        var logs = Shipped.resources("AWS::Logs::LogGroup");
        assertThat(logs)
                .allSatisfy((name, log) ->
                        assertThat(log.path("RetentionInDays").asInt()).isPositive());

        var used = new ArrayList<String>();
        Shipped.functions()
                .values()
                .forEach(function ->
                        used.add(function.at("/LoggingConfig/LogGroup/Ref").asText()));
        assertThat(used)
                .doesNotHaveDuplicates()
                .allSatisfy(log -> assertThat(logs).containsKey(log));
    }

    @Test
    void every_function_has_an_alarm() {
        var watched = Shipped.resources("AWS::CloudWatch::Alarm").values().stream()
                .filter(alarm -> alarm.path("MetricName").asText().equals("Errors"))
                .map(alarm -> alarm.at("/Dimensions/0/Value/Ref").asText())
                .toList();

        assertThat(watched)
                .containsExactlyInAnyOrderElementsOf(Shipped.functions().keySet());
    }

    @Test
    void a_function_behind_the_gateway_answers_before_the_gateway_gives_up() {
        assertThat(Operation.all())
                .extracting(Operation::function)
                .allSatisfy(function -> assertThat(Shipped.timeout(function)).isLessThanOrEqualTo(29));
    }

    @Test
    void no_call_of_a_service_takes_longer_than_the_waiting_function() {
        assertThat(Shipped.functions().keySet())
                .allSatisfy(
                        function -> assertThat(timeout(function)).as(function).isGreaterThan(AwsClients.LONGEST_CALL));
        assertThat(timeout("CompleteSnapshotCopyFunction")).isGreaterThan(S3SnapshotStore.COMPLETING);
        assertThat(timeout("CopySnapshotPartsFunction")).isGreaterThan(PartCopy.LONGEST);
    }

    @Test
    void the_state_machine_may_call_exactly_the_functions_that_it_calls() {
        var called = new TreeSet<String>();
        States.tasks().values().forEach(task -> called.add(States.function(task)));
        var allowed = new TreeSet<String>();
        statements(stateMachine()).stream()
                .filter(statement -> statement.path("Action").asText().equals("lambda:InvokeFunction"))
                .forEach(statement -> statement
                        .get("Resource")
                        .forEach(arn -> allowed.add(arn.at("/Fn::GetAtt/0").asText())));
        var substituted = new TreeSet<String>();
        stateMachine().get("DefinitionSubstitutions").fieldNames().forEachRemaining(substituted::add);

        assertThat(allowed).isEqualTo(called);
        called.addAll(Set.of("CopyWorkers", "Partition"));
        assertThat(substituted).isEqualTo(called);
    }

    @Test
    void no_function_that_the_state_machine_calls_refers_to_it() {
        var referring = new TreeSet<String>();
        Shipped.functions().forEach((name, function) -> {
            if (!Shipped.texts(function, text -> text.contains(STATE_MACHINE)).isEmpty()) {
                referring.add(name);
            }
        });

        assertThat(referring).containsExactly("AdvanceCopiesFunction", "SweepFunction");
        assertThat(Shipped.texts(Shipped.TEMPLATE.get("Globals"), text -> text.contains(STATE_MACHINE)))
                .isEmpty();
    }

    @Test
    void a_function_has_only_the_variables_that_it_needs_and_the_common_ones() {
        assertThat(tellers("STATE_MACHINE_ARN")).containsExactly("AdvanceCopiesFunction", "SweepFunction");
        assertThat(tellers("EVENT_BUS_NAME")).containsExactly("PublishChangesFunction");
    }

    @Test
    void the_table_has_two_readers_whose_failures_are_kept() {
        var readers = Shipped.functions().values().stream()
                .flatMap(function -> Shipped.list(function.path("Events")).stream())
                .flatMap(events -> events.properties().stream())
                .map(event -> event.getValue())
                .filter(event -> event.path("Type").asText().equals("DynamoDB"))
                .map(event -> event.get("Properties"))
                .toList();

        assertThat(readers).hasSize(2).allSatisfy(reader -> {
            assertThat(reader.at("/FilterCriteria/Filters")).isNotEmpty();
            assertThat(reader.at("/FunctionResponseTypes/0").asText()).isEqualTo("ReportBatchItemFailures");
            assertThat(reader.at("/DestinationConfig/OnFailure/Destination/Fn::GetAtt/0")
                            .asText())
                    .isEqualTo("UndeliveredEvents");
            // A queue would get the position in the stream only.
            assertThat(reader.at("/DestinationConfig/OnFailure/Type").asText()).isEqualTo("S3");
            assertThat(reader.at("/MaximumRetryAttempts").asInt()).isPositive();
        });
    }

    @Test
    void the_readers_of_the_table_see_images_and_copies_only() {
        var filters = new ArrayList<String>();
        Shipped.functions()
                .values()
                .forEach(function -> Shipped.eachObject(function.path("Events"), (path, node) -> {
                    if (node.has("Pattern") && node.get("Pattern").isTextual()) {
                        filters.add(node.get("Pattern").asText());
                    }
                }));

        assertThat(filters)
                .hasSize(4)
                .allMatch(filter ->
                        filter.contains("\"sk\":{\"S\":[\"IMAGE\"]}") || filter.contains("\"sk\":{\"S\":[\"COPY\"]}"));
    }

    @Test
    void a_copy_that_ended_at_its_creation_starts_no_execution() {
        var filters = Shipped.functions()
                .get("AdvanceCopiesFunction")
                .at("/Events/Changes/Properties/FilterCriteria/Filters");

        assertThat(filters.findValuesAsText("Pattern"))
                .filteredOn(pattern -> pattern.contains("INSERT"))
                .singleElement()
                .asString()
                .contains("\"NewImage\":{\"unfinished\":{\"S\":[{\"exists\":true}]}}");
    }

    private static Duration timeout(String function) {
        return Duration.ofSeconds(Shipped.timeout(function));
    }

    private static JsonNode stateMachine() {
        return Shipped.TEMPLATE.at("/Resources/" + STATE_MACHINE + "/Properties");
    }

    private static List<JsonNode> statements(JsonNode properties) {
        var statements = new ArrayList<JsonNode>();
        properties.path("Policies").forEach(policy -> statements.addAll(Shipped.list(policy.path("Statement"))));
        return statements;
    }

    private static Set<String> tellers(String variable) {
        var tellers = new TreeSet<String>();
        Shipped.functions().forEach((name, function) -> {
            if (function.at("/Environment/Variables").has(variable)) {
                tellers.add(name);
            }
        });
        return tellers;
    }
}
