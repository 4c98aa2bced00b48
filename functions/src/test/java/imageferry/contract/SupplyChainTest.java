package imageferry.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.Yaml;

/** Dependencies of the build are pinned exactly, and the build on GitHub cannot change anything there. */
class SupplyChainTest {
    private static final String OURS = "1.0.0-SNAPSHOT";
    private static final Pattern VERSION = Pattern.compile("<([\\w.-]*version)>([^<]+)</\\1>");
    private static final Pattern PLUGIN = Pattern.compile("(?s)<plugin>(.*?)</plugin>");
    private static final Pattern MODULE = Pattern.compile("<module>([^<]+)</module>");
    private static final Pattern USES = Pattern.compile("uses: (\\S+)( # \\S+)?");

    /** The root's POM, and that of every module that it names. */
    static List<String> poms() {
        var modules = MODULE.matcher(Shipped.text("pom.xml")).results().map(module -> module.group(1) + "/pom.xml");
        return Stream.concat(Stream.of("pom.xml"), modules).toList();
    }

    @ParameterizedTest
    @MethodSource("poms")
    void every_version_is_pinned(String pom) {
        var versions = VERSION.matcher(withoutToolRules(Shipped.text(pom)))
                .results()
                .map(version -> version.group(2))
                .toList();

        assertThat(versions)
                .isNotEmpty()
                .allMatch(version -> version.matches("\\$\\{[\\w.-]+}|[0-9][\\w.+-]*"))
                .allMatch(version -> version.equals(OURS) || !version.endsWith("-SNAPSHOT"));
    }

    /** The enforcer's ranges limit the versions of Java and Maven, and do not choose one. */
    private static String withoutToolRules(String pom) {
        return pom.replaceAll("(?s)<require(Java|Maven)Version>.*?</require\\1Version>", "");
    }

    @Test
    void every_plugin_of_a_module_has_its_version_in_the_one_file_of_versions() {
        var versioned = PLUGIN.matcher(Shipped.text("pom.xml"))
                .results()
                .map(MatchResult::group)
                .filter(plugin -> plugin.contains("<version>"))
                .map(SupplyChainTest::artifact)
                .toList();

        for (var pom : poms()) {
            assertThat(versioned)
                    .as(pom)
                    .containsAll(PLUGIN.matcher(Shipped.text(pom))
                            .results()
                            .map(plugin -> artifact(plugin.group()))
                            .toList());
        }
    }

    private static String artifact(String plugin) {
        return plugin.replaceAll("(?s).*?<artifactId>([^<]+)</artifactId>.*", "$1");
    }

    @Test
    void actions_are_pinned_by_commit_with_the_release_in_a_comment() {
        var uses =
                USES.matcher(Shipped.text(".github/workflows/ci.yml")).results().toList();

        assertThat(uses).isNotEmpty().allSatisfy(use -> {
            assertThat(use.group(1)).matches("[\\w-]+/[\\w-]+@[0-9a-f]{40}");
            assertThat(use.group(2)).matches(" # v\\d+\\.\\d+\\.\\d+");
        });
    }

    @Test
    void the_build_on_github_runs_the_whole_check_and_may_only_read() {
        var text = Shipped.text(".github/workflows/ci.yml");
        var workflow = new Yaml().<Map<String, Object>>load(text);

        assertThat(workflow.get("permissions")).hasToString("{contents=read}");
        assertThat(text).contains("- run: .ci/run\n", "persist-credentials: false");
        assertThat(text).doesNotContain("secrets.", "id-token", "pull_request_target", "write");
        assertThat(Pattern.compile("run: ").matcher(text).results()).hasSize(1);
    }
}
