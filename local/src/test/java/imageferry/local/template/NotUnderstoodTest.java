package imageferry.local.template;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NotUnderstoodTest {
    private static final String FUNCTION = """
            Resources:
              F:
                Type: AWS::Serverless::Function
                Properties:
                  Runtime: java25
                  Handler: some.F
            """;

    @TempDir
    Path home;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Layers: [x]                           | Local mode does not understand Layers of F.
            PackageType: Image                    | Local mode knows only Zip for PackageType of F, not Image.
            Policies: [DynamoDBCrudPolicy: {}]    | Local mode does not know the policy DynamoDBCrudPolicy of F: write its statements out.
            Policies: AdministratorAccess         | Local mode does not know the policy AdministratorAccess of F: write its statements out.
            Policies: {Statement: {Effect: Allow, Action: a, NotResource: b}} | Local mode does not understand NotResource of F.Policies.Statement.
            Policies: {Statement: {Effect: Allow, Action: a, Resource: b, Condition: {Bool: {aws:X: y}}}} | Local mode does not understand the condition key aws:X of F.
            Policies: {Statement: {Effect: Allow, Action: a, Resource: b, Condition: {StringLike: {dynamodb:LeadingKeys: y}}}} | Local mode does not understand the condition key dynamodb:LeadingKeys of F.
            Events: {E: {Type: SQS}}              | Local mode does not know the type SQS of the event E of F.
            Events: {E: {Type: Schedule, Properties: {Schedule: "cron(0 * * * ? *)"}}} | Local mode knows only rate(… minutes, hours or days) as a schedule, not cron(0 * * * ? *) of F.E.
            Environment: {Variables: {A: !ImportValue x}} | Local mode does not know the intrinsic function Fn::ImportValue.
            Environment: {Variables: {A: !Ref Nobody}}    | The template has no parameter or resource Nobody.
            """)
    void a_property_that_would_change_behaviour_is_refused_by_name(String property, String sentence) {
        refused(FUNCTION + "      " + property + "\n", sentence);
    }

    @Test
    void an_unknown_type_of_resource_is_refused() {
        refused(
                "Resources: {Q: {Type: AWS::RDS::DBInstance}}",
                "Local mode does not know the type AWS::RDS::DBInstance of Q.");
    }

    @Test
    void a_rule_of_its_own_must_not_call_a_function() throws IOException {
        var rule = "  R: {Type: AWS::Events::Rule, Properties: {Targets: [{Id: t, Arn: !GetAtt %s.Arn}]}}\n";

        refused(
                FUNCTION + rule.formatted("F"),
                "Local mode knows no rule such as R that calls a function: write it as an event of the function.");
        TemplateFiles.read(home, FUNCTION + "  Q: {Type: AWS::SQS::Queue}\n" + rule.formatted("Q"));
    }

    @Test
    void a_key_that_appears_twice_is_refused() {
        refused("Resources: {A: {}, A: {}}", "template.yaml: the key A appears twice at line 6.");
    }

    @Test
    void text_that_is_not_yaml_is_refused() {
        assertThatExceptionOfType(TemplateRefused.class)
                .isThrownBy(() -> TemplateFiles.read(home, "Resources: {"))
                .withMessageStartingWith("template.yaml is not YAML: ");
    }

    @Test
    void an_absent_file_is_refused() {
        assertThatExceptionOfType(TemplateRefused.class)
                .isThrownBy(() -> Template.read(home, Map.of()))
                .withMessage("There is no file " + home.resolve("template.yaml") + ".");
    }

    private void refused(String resources, String sentence) {
        assertThatExceptionOfType(TemplateRefused.class)
                .isThrownBy(() -> TemplateFiles.read(home, resources))
                .withMessage(sentence);
    }
}
