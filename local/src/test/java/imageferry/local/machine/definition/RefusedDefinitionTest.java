package imageferry.local.machine.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Elements that the runner does not know are refused by name, all at once. */
class RefusedDefinitionTest {
    private static List<String> findings(String definition, Map<String, String> substitutions) {
        return catchThrowableOfType(
                        UnsupportedDefinition.class,
                        () -> Machine.read("QueryLanguage: JSONata\n" + definition, substitutions))
                .findings();
    }

    private static List<String> findings(String definition) {
        return findings(definition, Map.of());
    }

    @Test
    void every_finding_is_reported_with_its_location() {
        assertThat(findings("""
                StartAt: Nowhere
                Version: '1.0'
                States:
                  A: {Type: Parallel, Branches: [], Next: B}
                  B:
                    Type: Task
                    Resource: arn:aws:states:::dynamodb:putItem
                    HeartbeatSeconds: 5
                    Arguments: {FunctionName: f, Payload: {}, Qualifier: live}
                    Retry: [{ErrorEquals: [States.ALL], JitterStrategy: SOME}, {ErrorEquals: [X]}]
                    Next: C
                    End: true
                """))
                .containsExactlyInAnyOrder(
                        "StartAt: The state Nowhere does not exist.",
                        "Version: This field is not known to this runner.",
                        "States.A.Type: The state type Parallel is not known to this runner.",
                        "States.B.Resource: The resource arn:aws:states:::dynamodb:putItem is not known to this runner.",
                        "States.B.HeartbeatSeconds: This field is not known to this runner.",
                        "States.B.Arguments.Qualifier: This field is not known to this runner.",
                        "States.B.Retry[0].JitterStrategy: Expected FULL or NONE, found SOME.",
                        "States.B.Retry: States.ALL stands alone and last.",
                        "States.B: Expected either Next or End: true.",
                        "B: The state C does not exist.",
                        "A: No state leads here.",
                        "B: No state leads here.");
    }

    private static List<String> expression(String expression) {
        return findings("""
                StartAt: A
                States:
                  A:
                    Type: Pass
                    Output: "EXPRESSION"
                    End: true
                """.replace("EXPRESSION", expression));
    }

    @Test
    void an_expression_must_parse_and_name_what_exists() {
        assertThat(expression("{% $states.input. %}"))
                .singleElement()
                .asString()
                .contains("States.A.Output: Not JSONata");
        assertThat(expression("{% $states.result %}"))
                .containsExactly("States.A.Output: $states.result does not exist here.");
        assertThat(expression("{% $states.context.Execution.RoleArn %}"))
                .containsExactly("States.A.Output: $states.context.Execution.RoleArn is not known to this runner.");
        assertThat(expression("{% $now() & $eval('1') & 'a $fine(string)' %}"))
                .containsExactly(
                        "States.A.Output: The function $now is not known to this runner.",
                        "States.A.Output: The function $eval is not known to this runner.");
        assertThat(expression(" {% 1 %}")).singleElement().asString().contains("not even a space");
    }

    @Test
    void a_token_inside_a_map_is_refused() {
        assertThat(findings("""
                StartAt: A
                States:
                  A:
                    Type: Map
                    Items: [1]
                    ItemProcessor:
                      StartAt: B
                      States:
                        B:
                          Type: Task
                          Resource: arn:aws:states:::lambda:invoke.waitForTaskToken
                          Arguments: {FunctionName: f, Payload: {}}
                          End: true
                    End: true
                """))
                .containsExactly(
                        "States.A.ItemProcessor.States.B.Resource: A task token inside a Map is not known to this runner.");
    }

    @Test
    void substitutions_and_placeholders_match_exactly() {
        var machine = "StartAt: A\nStates: {A: {Type: Pass, Output: \"${Name}\", End: true}}";

        assertThat(findings(machine)).containsExactly("${Name} has no value in DefinitionSubstitutions.");
        assertThat(findings(machine, Map.of("Name", "x", "Other", "y")))
                .containsExactly("${Other} has a value but is not used.");
    }

    @Test
    void another_query_language_is_refused() {
        assertThat(catchThrowableOfType(
                                UnsupportedDefinition.class,
                                () -> Machine.read("StartAt: A\nStates: {A: {Type: Succeed}}", Map.of()))
                        .findings())
                .contains("QueryLanguage is missing.");
    }

    @Test
    void text_that_is_not_yaml_is_refused() {
        assertThat(findings("StartAt: [")).singleElement().asString().startsWith("Neither YAML nor JSON");
    }
}
