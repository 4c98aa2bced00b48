package imageferry.local.rights;

import static org.assertj.core.api.Assertions.assertThat;

import imageferry.local.lambda.RoleCheck;
import imageferry.local.lint.Tool;
import imageferry.local.template.Statement;
import imageferry.local.template.Template;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A role allows all possible requests of its function's code, even those that no test runs. The calls of the ports that
 * can be reached from the handler are read from the bytecode, and compared with template.yaml.
 */
@Tag("slow")
class EveryRightIsThereTest {
    private static Template template;
    private static RequiredRights code;
    private static List<RequiredRight> needs;

    @BeforeAll
    static void read() {
        template = Template.read(Tool.HOME, Map.of());
        code = new RequiredRights(template);
        needs = code.all();
    }

    @Test
    void a_role_allows_every_request_that_its_function_can_make() {
        assertThat(unmet(needs, statements())).isEmpty();
    }

    @Test
    void a_role_allows_no_request_that_its_function_cannot_make() {
        var functions = template.functions().keySet();

        assertThat(Right.allowedBy(template).stream()
                        .filter(right -> functions.contains(right.role()))
                        .filter(right -> needs.stream().noneMatch(need -> need.takes(right))))
                .isEmpty();
    }

    @Test
    void a_removed_right_is_reported() {
        var found = new ArrayList<String>();
        var planted = new ArrayList<String>();
        template.functions().forEach((function, spec) -> {
            for (var right : Right.of(function, spec.statements())) {
                planted.add(right.toString());
                var without = new HashMap<>(statements());
                without.put(function, without(right, spec.statements()));
                var ofFunction = needs.stream()
                        .filter(need -> need.function().equals(function))
                        .toList();
                if (!unmet(ofFunction, without).isEmpty()) {
                    found.add(right.toString());
                }
            }
        });

        assertThat(planted).hasSizeGreaterThan(150);
        assertThat(found).isEqualTo(planted);
    }

    @Test
    void the_objects_of_each_call_of_the_store_are_known() {
        assertThat(code.storeCalls()).isEqualTo(StoreCalls.OBJECTS.keySet());
    }

    @Test
    void the_state_machine_may_call_every_function_that_its_definition_names() {
        var machine = template.stateMachines().getFirst();
        var roleCheck = new RoleCheck(Map.of(machine.logicalId(), machine.statements()));

        assertThat(machine.substitutions().values().stream()
                        .filter(arn -> arn.startsWith("arn:aws:lambda:"))
                        .map(arn -> new RequiredRight(
                                machine.logicalId(), "lambda:InvokeFunction", arn, Set.of(), "a task"))
                        .filter(need -> !need.isMetBy(roleCheck)))
                .isEmpty();
    }

    private static List<String> unmet(List<RequiredRight> needs, Map<String, List<Statement>> roles) {
        var roleCheck = new RoleCheck(roles);
        return needs.stream()
                .filter(need -> !need.isMetBy(roleCheck))
                .map(RequiredRight::toString)
                .sorted()
                .toList();
    }

    private static Map<String, List<Statement>> statements() {
        var statements = new HashMap<String, List<Statement>>();
        template.functions().forEach((function, spec) -> statements.put(function, spec.statements()));
        return statements;
    }

    private static List<Statement> without(Right right, List<Statement> statements) {
        return statements.stream()
                .flatMap(statement -> Right.of(right.role(), List.of(statement)).contains(right)
                        ? split(right, statement)
                        : Stream.of(statement))
                .toList();
    }

    /** The statement's other actions on all its resources, and this action on the others. */
    private static Stream<Statement> split(Right right, Statement statement) {
        var actions = statement.actions().stream()
                .filter(action -> !action.equals(right.action()))
                .toList();
        var resources = statement.resources().stream()
                .filter(resource -> !resource.equals(right.resource()))
                .toList();
        return Stream.of(
                new Statement(true, actions, statement.resources(), statement.leadingKeys()),
                new Statement(true, List.of(right.action()), resources, statement.leadingKeys()));
    }
}
