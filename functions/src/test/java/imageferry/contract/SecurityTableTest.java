package imageferry.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The table of rights in docs/security.md is the short form of docs/rules/route-by-caller.csv. */
class SecurityTableTest {
    /** The columns of the long table, in the order of the short one. */
    private static final List<String> CALLERS = List.of("owner", "recipient", "public", "stranger", "operator");

    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([A-Z]+ /[^`]*)` \\| (.*) \\|$");

    @Test
    void a_caller_may_use_a_route_that_grants_it_something() {
        var said = new LinkedHashMap<String, List<String>>();
        ROW.matcher(Shipped.text("docs/security.md"))
                .results()
                .forEach(row -> said.put(row.group(1), List.of(row.group(2).split(" \\| ", -1))));

        assertThat(said).isEqualTo(granted());
    }

    @Test
    void every_route_of_the_contract_is_in_it() {
        assertThat(granted().keySet())
                .containsExactlyInAnyOrderElementsOf(
                        Operation.all().stream().map(Operation::toString).toList());
    }

    private static Map<String, List<String>> granted() {
        var lines = Shipped.text("docs/rules/route-by-caller.csv").lines().toList();
        var header = List.of(lines.getFirst().split(",", -1));
        var granted = new LinkedHashMap<String, List<String>>();
        for (var line : lines.subList(1, lines.size())) {
            var cells = line.split(",", -1);
            var row = CALLERS.stream()
                    .map(caller -> grants(cells[header.indexOf(caller)]) ? "yes" : "–")
                    .toList();
            granted.merge(cells[0], row, SecurityTableTest::either);
        }
        return granted;
    }

    private static boolean grants(String answer) {
        return answer.startsWith("2") && !answer.contains("absent");
    }

    private static List<String> either(List<String> one, List<String> other) {
        var both = one.toArray(String[]::new);
        Arrays.setAll(both, i -> one.get(i).equals("yes") ? "yes" : other.get(i));
        return List.of(both);
    }
}
