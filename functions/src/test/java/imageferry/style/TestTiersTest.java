package imageferry.style;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Every tag of a test is one that the build runs; a misspelt one would run in no tier or in all. */
class TestTiersTest {
    private static final Path HOME = Path.of(System.getProperty("imageferry.home"));
    private static final Pattern TAG = Pattern.compile("^@Tag\\(\"(.*)\"\\)$", Pattern.MULTILINE);

    @Test
    void a_test_has_a_tag_that_its_module_runs() throws IOException {
        var wrong = new ArrayList<String>();
        for (var source : JavaDialectTest.sources(List.of("functions", "local", "bench"), "")) {
            var file = HOME.relativize(source);
            var pom = Files.readString(HOME.resolve(file.getName(0)).resolve("pom.xml"));
            var known = pom.contains("<tests.timed>test</tests.timed>")
                    ? Set.of("slow", "full", "timed")
                    : Set.of("slow", "full");
            TAG.matcher(Files.readString(source))
                    .results()
                    .map(tag -> tag.group(1))
                    .filter(tag -> !known.contains(tag))
                    .forEach(tag -> wrong.add(file + ": " + tag));
        }

        assertThat(wrong).isEmpty();
    }

    /** An expression such as none() would leave out the tests without a tag. */
    @Test
    void all_tiers_leave_out_only_a_tag_that_no_test_has() throws IOException {
        var pom = Files.readString(HOME.resolve("pom.xml"));
        var all = pom.substring(pom.indexOf("<id>all</id>"));

        assertThat(all.replaceFirst("(?s).*?<tests.excluded>(.*?)</tests.excluded>.*", "$1"))
                .isEqualTo("never");
    }
}
