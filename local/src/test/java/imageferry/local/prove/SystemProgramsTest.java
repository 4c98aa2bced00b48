package imageferry.local.prove;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class SystemProgramsTest {
    @TempDir
    Path folder;

    private Programs.Result bash(String script) throws Exception {
        return new SystemPrograms(folder, folder.resolve("log")).run(Map.of("GIVEN", "value"), command(script));
    }

    private static List<String> command(String script) {
        return List.of("bash", "-c", script);
    }

    private String log() throws Exception {
        return Files.readString(folder.resolve("log"));
    }

    @Test
    void a_program_runs_in_the_folder_and_its_log_has_the_command_and_both_outputs() throws Exception {
        var result = bash("pwd; echo $GIVEN; echo wrong >&2; exit 3");

        assertThat(result).isEqualTo(new Programs.Result(3, folder.toRealPath() + "\nvalue\n", "wrong\n"));
        assertThat(result.end()).isEqualTo("wrong");
        assertThat(log()).startsWith("$ bash -c pwd;").contains("\nvalue\n", "\nwrong\n");
    }

    /** A pipe holds 64 KiB. SAM waited without end when only its errors were read. */
    @Test
    void a_program_may_write_much_to_both_outputs() throws Exception {
        var lines = "for i in $(seq 3000); do echo a-line-that-is-longer-than-the-others-$i; done";

        var result = bash(lines + " & " + lines + " >&2; wait");

        assertThat(result.output().lines()).hasSize(3000);
        assertThat(result.errors().lines()).hasSize(3000);
    }

    @Test
    void a_secret_output_is_not_logged() throws Exception {
        var programs = new SystemPrograms(folder, folder.resolve("log"));

        assertThat(programs.runUnlogged(command("echo secret")).output()).isEqualTo("secret\n");
        assertThat(folder.resolve("log")).doesNotExist();
    }

    /** The child would hold the pipe for an hour. */
    @Test
    void an_interruption_ends_the_program_and_its_children() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> bash("sleep 3600 & wait")).isInstanceOf(InterruptedException.class);
    }

    @Test
    void the_end_of_a_long_message_is_kept() {
        assertThat(new Programs.Result(1, "", "one\ntwo\nthree\nfour\n").end()).isEqualTo("two three four");
        assertThat(new Programs.Result(1, "only output\n", " ").end()).isEqualTo("only output");
    }
}
