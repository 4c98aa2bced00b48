package imageferry.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Ctrl-C ends the demo at once, and its folder goes with it. */
@Timeout(120)
class InterruptedDemoTest {
    @TempDir
    Path temporary;

    @Test
    void an_interrupted_demo_leaves_no_folder_and_prints_no_stack_trace() throws Exception {
        var said = temporary.resolve("errors");
        var demo = LocalProcess.process(temporary, "demo")
                .redirectError(said.toFile())
                .start();
        var lines = new BufferedReader(new InputStreamReader(demo.getInputStream(), StandardCharsets.UTF_8));
        var folder = Path.of(lines.readLine().replaceFirst("Starting a whole Imageferry in (\\S+) .*", "$1"));
        assertThat(folder).isDirectory();
        assertThat(lines.readLine()).isNotNull();

        demo.destroy();

        assertThat(demo.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(folder).doesNotExist();
        assertThat(said).content().doesNotContain("\tat ");
    }
}
