package imageferry.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every command of the README's examples answers what the README shows. */
@Tag("slow")
class ReadmeTest {
    @TempDir
    Path folder;

    @Test
    void every_command_answers_what_the_readme_shows() throws Exception {
        var examples = Typist.examples(Files.readString(Home.folder().resolve("README.md")), "console");

        assertThat(examples).hasSizeGreaterThan(10);
        try (var cloud = new RunningCloud(folder.resolve("data"), Map.of())) {
            var typist = new Typist(
                    folder,
                    command -> command.replace(
                                    "http://127.0.0.1:4080", cloud.uri().toString())
                            .replace("http://127.0.0.1:4081", cloud.s3().toString()));
            for (var example : examples) {
                typist.check(example);
            }
        }
    }
}
