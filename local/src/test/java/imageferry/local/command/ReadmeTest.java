package imageferry.local.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import imageferry.local.lint.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Every command of the README and of the tutorial gives the answer on the page, typed in order on one instance. */
@Tag("slow")
class ReadmeTest {
    private static final Pattern LAUNCHER = Pattern.compile("(?m)^(?:\\$ )?\\./imageferry ([^#\\n]*)");

    @TempDir
    static Path data;

    static RunningCloud cloud;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() throws Exception {
        cloud = new RunningCloud(data, Map.of());
    }

    @AfterAll
    static void stop() {
        if (cloud != null) {
            cloud.close();
        }
    }

    @Test
    void the_first_copy_takes_the_five_commands_of_the_readme() throws Exception {
        assumeTrue(Tool.run(folder, List.of("bash", "-c", "command -v jq")).status() == 0, "jq is not on the PATH");

        assertThat(examples("README.md")).hasSize(5);
        type("README.md");
    }

    @Test
    void every_command_of_the_tutorial_gives_the_answer_on_the_page() throws Exception {
        assertThat(examples("docs/tutorial.md")).hasSizeGreaterThan(10);
        type("docs/tutorial.md");
    }

    private void type(String page) throws Exception {
        var typist = new PageExamples(
                folder,
                command -> command.replace("http://127.0.0.1:4080", cloud.uri().toString())
                        .replace("http://127.0.0.1:4081", cloud.s3().toString()));
        for (var example : examples(page)) {
            typist.check(example);
        }
    }

    private static List<PageExamples.Example> examples(String page) throws IOException {
        return PageExamples.examples(Files.readString(Home.folder().resolve(page)), "console");
    }

    /**
     * {@link DemoTest} runs the demo, and {@link LauncherTest} the launcher. This finds options that no longer exist.
     */
    @Test
    void every_call_of_the_launcher_in_any_page_has_valid_arguments() throws IOException {
        var calls = 0;
        for (var page : pages()) {
            for (var call : LAUNCHER.matcher(Files.readString(page)).results().toList()) {
                var words = call.group(1).strip().split(" +", -1);
                if (!words[0].equals("bench")) {
                    assertThatCode(() -> new CommandLine(Main.class).parseArgs(words))
                            .as(page + ": " + call.group())
                            .doesNotThrowAnyException();
                    calls++;
                }
            }
        }

        assertThat(calls).isGreaterThan(3);
    }

    private static List<Path> pages() throws IOException {
        try (var docs = Files.list(Home.folder().resolve("docs"));
                var root = Files.list(Home.folder())) {
            return Stream.concat(docs, root)
                    .filter(page -> page.toString().endsWith(".md"))
                    .toList();
        }
    }
}
