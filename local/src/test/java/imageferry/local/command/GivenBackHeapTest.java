package imageferry.local.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Local mode runs for days beside other programs, so it keeps no memory that only a burst needed. */
@Timeout(60)
@Tag("slow")
class GivenBackHeapTest {
    private static final Pattern MEMORY_OPTION = Pattern.compile("(?<=\\s)-X(mx|X:)\\S+");

    @Test
    void the_launcher_s_options_release_the_memory_of_a_burst() throws Exception {
        var command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin/java").toString()));
        command.addAll(launcherOptions());
        // Shorter than a user's settings, so that the test ends soon.
        command.add("-XX:G1PeriodicGCInterval=200");
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), BurstOfMemory.class.getName()));

        var burst = new ProcessBuilder(command).redirectErrorStream(true).start();

        try (var said = burst.getInputStream()) {
            assertThat(new String(said.readAllBytes(), UTF_8).lines()).containsExactly("taken: true", "given back");
        }
    }

    private static List<String> launcherOptions() throws Exception {
        var script = Files.readString(Home.folder().resolve("imageferry"));
        var run = script.substring(script.indexOf("exec \"$JAVA_HOME/bin/java\""));
        return MEMORY_OPTION.matcher(run).results().map(MatchResult::group).toList();
    }
}
