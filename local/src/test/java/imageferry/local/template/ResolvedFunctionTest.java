package imageferry.local.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResolvedFunctionTest {
    private static final String STACK = """
            Conditions:
              Many: !Not [!Equals [!Ref Slots, 1]]
            Globals:
              Function:
                Runtime: java25
                Timeout: 30
                Environment:
                  Variables:
                    TABLE_NAME: !Ref Table
                    REGIONS: !Join [",", !Ref Regions]
                    OPERATOR: !Ref AWS::AccountId
                    SLOTS: !If [Many, !Ref Slots, one]
            Resources:
              Table:
                Type: AWS::DynamoDB::Table
                Properties:
                  TableName: Things
                  BillingMode: PAY_PER_REQUEST
                  StreamSpecification: {StreamViewType: NEW_AND_OLD_IMAGES}
                  TimeToLiveSpecification: {AttributeName: expiresAt, Enabled: true}
              Bus: {Type: AWS::Events::EventBus, Properties: {Name: ferry}}
              Lost: {Type: AWS::SQS::Queue}
              Machine:
                Type: AWS::Serverless::StateMachine
                Properties:
                  DefinitionUri: machine.asl.yaml
                  DefinitionSubstitutions: {Workers: !Ref Slots, Run: !GetAtt RunFunction.Arn}
              RunFunction:
                Type: AWS::Serverless::Function
                Properties:
                  Handler: some.RunFunction::handleRequest
                  CodeUri: functions.zip
                  Timeout: 60
                  Environment: {Variables: {MACHINE: !Ref Machine, BUS: !Ref Bus, LITERAL: !Sub "${!Not}-${AWS::Region}"}}
                  EventInvokeConfig:
                    MaximumRetryAttempts: 1
                    DestinationConfig: {OnFailure: {Type: SQS, Destination: !GetAtt Lost.Arn}}
                  Policies:
                    - Version: "2012-10-17"
                      Statement:
                        - Effect: Allow
                          Action: [dynamodb:GetItem]
                          Resource: !Sub "${Table.Arn}/index/*"
                        - {Effect: Deny, Action: "s3:*", Resource: "*"}
                        - Effect: Allow
                          Action: dynamodb:PutItem
                          Resource: !GetAtt Table.Arn
                          Condition: {"ForAllValues:StringEquals": {"dynamodb:LeadingKeys": [ONE]}}
                  Events:
                    Often: {Type: Schedule, Properties: {Schedule: rate(5 minutes)}}
                    Never: {Type: Schedule, Properties: {Schedule: rate(1 hour), Enabled: false}}
                    Dropped: {Type: EventBridgeRule, Properties: {Pattern: {source: [aws.s3]}}}
                    Changes:
                      Type: DynamoDB
                      Properties:
                        Stream: !GetAtt Table.StreamArn
                        StartingPosition: TRIM_HORIZON
                        BatchSize: 10
                        FunctionResponseTypes: [ReportBatchItemFailures]
                        MaximumRetryAttempts: 3
                        DestinationConfig: {OnFailure: {Type: SQS, Destination: !GetAtt Lost.Arn}}
                        FilterCriteria: {Filters: [{Pattern: '{"eventName":["INSERT"]}'}]}
            """;

    @TempDir
    Path home;

    @Test
    void globals_and_its_own_variables_make_the_environment() throws IOException {
        var function = TemplateFiles.read(home, STACK).functions().get("RunFunction");

        assertThat(function.environment())
                .containsOnly(
                        entry("TABLE_NAME", "Things"),
                        entry("REGIONS", "us-east-1,eu-west-1"),
                        entry("OPERATOR", "111111111111"),
                        entry("SLOTS", "5"),
                        entry("MACHINE", "arn:aws:states:us-east-1:111111111111:stateMachine:Machine"),
                        entry("BUS", "ferry"),
                        entry("LITERAL", "${Not}-us-east-1"));
        assertThat(function.timeout()).isEqualTo(Duration.ofSeconds(60));
        assertThat(function.handlerClass()).isEqualTo("some.RunFunction");
    }

    @Test
    void a_condition_uses_the_parameters_of_this_run() throws IOException {
        var function = TemplateFiles.read(home, STACK, Map.of("Slots", "1"))
                .functions()
                .get("RunFunction");

        assertThat(function.environment()).containsEntry("SLOTS", "one");
    }

    @Test
    void its_statements_have_the_arns_of_aws() throws IOException {
        var function = TemplateFiles.read(home, STACK).functions().get("RunFunction");

        assertThat(function.statements())
                .containsExactly(
                        new Statement(
                                true,
                                List.of("dynamodb:GetItem"),
                                List.of("arn:aws:dynamodb:us-east-1:111111111111:table/Things/index/*")),
                        new Statement(false, List.of("s3:*"), List.of("*")),
                        new Statement(
                                true,
                                List.of("dynamodb:PutItem"),
                                List.of("arn:aws:dynamodb:us-east-1:111111111111:table/Things"),
                                Set.of("ONE")));
        assertThat(function.async()).isEqualTo(new FunctionSpec.AsyncRetry(1, true));
    }

    @Test
    void its_events_are_streams_schedules_and_rules() throws IOException {
        var function = TemplateFiles.read(home, STACK).functions().get("RunFunction");

        assertThat(function.schedules()).extracting(Schedule::rate).containsExactly(Duration.ofMinutes(5));
        assertThat(function.rules()).extracting(EventRule::name).containsExactly("Dropped");
        assertThat(function.streams()).singleElement().satisfies(stream -> {
            assertThat(stream.batchSize()).isEqualTo(10);
            assertThat(stream.reportsItemFailures()).isTrue();
            assertThat(stream.maximumRetries()).isEqualTo(3);
            assertThat(stream.maximumAge()).isNull();
            assertThat(stream.filters().toString()).isEqualTo("[{\"eventName\":[\"INSERT\"]}]");
        });
    }

    @Test
    void the_state_machine_gets_its_substitutions() throws IOException {
        var machine = TemplateFiles.read(home, STACK).stateMachines().getFirst();

        assertThat(machine.definition()).isEqualTo(home.resolve("machine.asl.yaml"));
        assertThat(machine.substitutions())
                .containsOnly(
                        entry("Workers", "5"),
                        entry("Run", "arn:aws:lambda:us-east-1:111111111111:function:RunFunction"));
    }
}
