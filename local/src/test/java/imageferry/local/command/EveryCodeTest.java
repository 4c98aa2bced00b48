package imageferry.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import imageferry.rule.Code;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every code is in use: a request gets it, with a sentence and the status of docs/errors.md. */
@Timeout(60)
@Tag("slow")
class EveryCodeTest {
    @TempDir
    static Path folder;

    static InMemoryCloud cloud;
    static ErrorsPage page;

    @BeforeAll
    static void start() throws Exception {
        cloud = new InMemoryCloud(folder, Provocations.PARAMETERS);
        page = ErrorsPage.read();
    }

    @AfterAll
    static void stop() {
        cloud.close();
    }

    @ParameterizedTest
    @EnumSource
    void is_provoked_by_a_request(Code code) throws Exception {
        var reply = new Provocations(cloud, code).answer();

        assertThat(reply.body().path("code").asText()).as("%s", reply.body()).isEqualTo(code.toString());
        assertThat(reply.body().path("status").asInt()).isEqualTo(reply.status());
        assertThat(reply.status()).isEqualTo(page.status(code.toString()));
        assertThat(reply.body().path("detail").asText()).contains(" ");
        assertThat(reply.body().path("requestId").asText()).isNotEmpty();
    }

    @Test
    void the_page_of_errors_lists_exactly_these_codes() {
        assertThat(page.statuses().keySet())
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(Code.values()).map(Code::toString).toList());
    }
}
