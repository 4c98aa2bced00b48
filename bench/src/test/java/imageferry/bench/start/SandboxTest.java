package imageferry.bench.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** functions.zip does its work under Lambda's own runtime interface client, in a JVM that has nothing else. */
class SandboxTest {
    private static TaskRoot folder;

    @BeforeAll
    static void unpack() throws IOException {
        folder = new TaskRoot(Path.of(System.getProperty("imageferry.home", ".."), "functions/target/functions.zip"));
    }

    @AfterAll
    static void remove() throws IOException {
        folder.close();
    }

    static List<Handler> handlers() {
        return Handler.ALL;
    }

    @ParameterizedTest
    @MethodSource("handlers")
    void a_function_starts_and_does_its_work_twice(Handler handler) throws Exception {
        var start = new Sandbox(folder.path()).start(handler, List.of());

        assertThat(List.of(start.init(), start.first(), start.second(), start.processor()))
                .allMatch(time -> time > 0);
    }

    @Test
    void what_a_function_says_that_does_not_start_is_told() {
        var absent = new Handler("Absent", around -> List.of("{}", "{}"), "");

        assertThatThrownBy(() -> new Sandbox(folder.path()).start(absent, List.of()))
                .hasMessageContaining("Absent did not start")
                .hasMessageContaining("Class not found: imageferry.function.AbsentFunction");
    }
}
