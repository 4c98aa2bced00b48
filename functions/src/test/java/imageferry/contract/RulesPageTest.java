package imageferry.contract;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * docs/rules.md has every rule once, with its reason, its source, its code and its test; the code cites no other rule.
 */
class RulesPageTest {
    private static final Path HOME = Path.of(System.getProperty("imageferry.home", ".."))
            .toAbsolutePath()
            .normalize();
    private static final String PAGE = Shipped.text("docs/rules.md");
    private static final Pattern RULE = Pattern.compile("(?ms)^## (\\d+)\\. ([^\\n]+)\\n(.*?)(?=^## )");
    private static final Pattern JAVA = Pattern.compile("\\[(\\w+)]\\(\\.\\./([^)]+\\.java)\\)");
    private static final Pattern CITED = Pattern.compile("\\b[Rr]ules? (\\d+(?:(?:, | and |\\s+\\*\\s+and )\\d+)*)");

    @Test
    void the_numbers_are_0_to_13_in_order() {
        assertThat(rules().map(Rule::number))
                .containsExactlyElementsOf(IntStream.rangeClosed(0, 13).boxed().toList());
    }

    @Test
    void each_has_one_sentence_a_reason_a_source_code_and_a_test() {
        assertThat(rules()).allSatisfy(rule -> {
            assertThat(rule.text())
                    .containsPattern("(?s)^\\n\\*\\*[A-Z][^*]*\\.\\*\\*\\n\\n- Why: .*\\n- Source: .*\\n- Refusal: ");
            assertThat(rule.linked("- Code: ")).isNotEmpty().allMatch(file -> file.contains("/src/main/"));
            assertThat(rule.linked("- Test: ")).isNotEmpty().allMatch(file -> file.contains("/src/test/"));
        });
    }

    /** A broken link names its class, so that moving a class needs one change here. */
    @Test
    void each_class_that_is_linked_is_a_file_of_that_name() {
        var linked = JAVA.matcher(PAGE).results().toList();

        assertThat(linked)
                .hasSizeGreaterThan(40)
                .allSatisfy(link ->
                        assertThat(HOME.resolve(link.group(2))).isRegularFile().hasFileName(link.group(1) + ".java"));
    }

    @Test
    void each_code_is_one_of_the_page_of_errors() {
        var errors = Shipped.text("docs/errors.md");

        for (var rule : rules().toList()) {
            var line = rule.line("- Refusal: ");
            assertThat(Pattern.compile("`([A-Z][\\w.]+)`")
                            .matcher(line)
                            .results()
                            .map(code -> code.group(1)))
                    .as(rule.title())
                    .allMatch(code -> errors.contains("| `" + code + "` |"));
        }
    }

    @Test
    void every_rule_that_the_code_cites_is_here() throws IOException {
        var cited = new TreeSet<Integer>();
        for (var module : List.of("functions", "local", "bench")) {
            try (var files = Files.walk(HOME.resolve(module + "/src/main/java"))) {
                for (var file : files.filter(Files::isRegularFile).toList()) {
                    cited.addAll(cited(Files.readString(file)));
                }
            }
        }

        assertThat(cited)
                .hasSizeGreaterThan(10)
                .isSubsetOf(rules().map(Rule::number).toList());
    }

    private static List<Integer> cited(String source) {
        var numbers = new ArrayList<Integer>();
        CITED.matcher(source)
                .results()
                .forEach(citation -> Pattern.compile("\\d+")
                        .matcher(citation.group(1))
                        .results()
                        .forEach(number -> numbers.add(Integer.valueOf(number.group()))));
        return numbers;
    }

    private static Stream<Rule> rules() {
        return RULE.matcher(PAGE)
                .results()
                .map(rule -> new Rule(Integer.parseInt(rule.group(1)), rule.group(2), rule.group(3)));
    }

    /** A section of the page. */
    private record Rule(int number, String title, String text) {
        String line(String beginning) {
            return text.lines()
                    .filter(line -> line.startsWith(beginning))
                    .findFirst()
                    .orElse("");
        }

        TreeSet<String> linked(String beginning) {
            return JAVA.matcher(line(beginning))
                    .results()
                    .map(link -> link.group(2))
                    .collect(toCollection(TreeSet::new));
        }
    }
}
