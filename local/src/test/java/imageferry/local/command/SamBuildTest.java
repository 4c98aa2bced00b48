package imageferry.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import imageferry.local.lint.Tool;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** SAM validates and builds the template and the zip. */
@Tag("full")
class SamBuildTest {
    @Test
    void the_template_is_valid_and_builds_as_the_page_says() throws Exception {
        Tool.wanted("sam", "aws-sam-cli");
        var commands = SamCommand.of("docs/sam-local.md").stream()
                .filter(command -> !command.starts("sam local"))
                .toList();

        assertThat(commands).extracting(SamCommand::text).hasSize(3);
        for (var command : commands) {
            var run = Tool.run(Home.folder(), List.of("bash", "-c", command.text()));
            assertThat(run.status()).as(run.errors()).isZero();
            assertThat(run.output() + run.errors()).as(command.text()).contains(command.remark());
        }
    }
}
