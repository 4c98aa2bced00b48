package imageferry.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import imageferry.local.Await;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ctrl-C ends the demo at once, and removes its folder. */
@Timeout(120)
@Tag("slow")
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
        var folder = Path.of(lines.readLine().replaceFirst("Starting Imageferry in (\\S+) .*", "$1"));
        assertThat(folder).isDirectory();
        assertThat(lines.readLine()).isNotNull();

        demo.destroy();

        assertThat(demo.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(folder).doesNotExist();
        assertThat(said).content().doesNotContain("\tat ");
    }

    /** Moments of the start, by the files that exist: nothing yet, its data folder, the unpacked functions. */
    @ParameterizedTest
    @ValueSource(strings = {"", "data/imageferry-data.json", "data/s3", "data/functions"})
    void a_demo_that_is_stopped_during_its_start_leaves_and_prints_nothing(String made) throws Exception {
        var said = temporary.resolve("errors");
        var tmp = Files.createDirectory(temporary.resolve("tmp"));
        var start = LocalProcess.process(temporary, "demo").redirectError(said.toFile());
        start.environment().put("JDK_JAVA_OPTIONS", "-Djava.io.tmpdir=" + tmp);
        var demo = start.start();
        var lines = new BufferedReader(new InputStreamReader(demo.getInputStream(), StandardCharsets.UTF_8));
        var folder = Path.of(lines.readLine().replaceFirst("Starting Imageferry in (\\S+) .*", "$1"));
        Await.until("the start to make " + made, Duration.ofSeconds(60), () -> folder.resolve(made), Files::exists);

        demo.destroy();

        assertThat(demo.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(folder).doesNotExist();
        assertThat(tmp).isDirectoryNotContaining("glob:**/tomcat*");
        assertThat(said).content().doesNotContain("\tat ", "Exception");
    }
}
