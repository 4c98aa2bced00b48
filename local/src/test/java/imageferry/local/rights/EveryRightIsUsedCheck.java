package imageferry.local.rights;

import static org.assertj.core.api.Assertions.assertThat;

import imageferry.local.lint.Tool;
import imageferry.local.template.Template;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Runs after all other tests (see this module's pom.xml). A right that none of them used is an error, unless {@code
 * docs/rules/cloud-only-rights.csv} says why only the cloud needs it.
 */
class EveryRightIsUsedCheck {
    private final Template template = Template.read(Tool.HOME, Map.of());

    @Test
    void no_role_has_an_unused_right() throws IOException {
        var unused = new TreeSet<>(Right.allowedBy(template));
        unused.removeAll(cloudOnly().keySet());
        var uses = UsedRights.all();
        unused.removeIf(right -> uses.stream().anyMatch(right::servesFor));

        assertThat(unused).isEmpty();
    }

    @Test
    void a_right_that_only_the_cloud_needs_is_still_allowed_and_has_a_reason() throws IOException {
        assertThat(Right.allowedBy(template)).containsAll(cloudOnly().keySet());
        assertThat(cloudOnly().values()).noneMatch(String::isBlank);
    }

    private static Map<Right, String> cloudOnly() throws IOException {
        var rights = new TreeMap<Right, String>();
        var lines = Files.readAllLines(Tool.HOME.resolve("docs/rules/cloud-only-rights.csv"));
        for (var line : lines.subList(1, lines.size())) {
            var fields = line.split(",", 4);
            assertThat(fields).as(line).hasSize(4);
            rights.put(new Right(fields[0], fields[1], fields[2]), fields[3]);
        }
        return rights;
    }
}
