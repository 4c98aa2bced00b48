package imageferry.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class ParameterOptionsTest {
    @Test
    void the_installation_is_a_parameter_of_the_template() {
        assertThat(parameters("--installation", "golden-dev", "--set", "SlotsPerRegion=2"))
                .isEqualTo(Map.of("Installation", "golden-dev", "SlotsPerRegion", "2"));
    }

    @Test
    void without_the_option_the_template_decides() {
        assertThat(parameters("--set", "SlotsPerRegion=2")).isEqualTo(Map.of("SlotsPerRegion", "2"));
    }

    private static Map<String, String> parameters(String... arguments) {
        return CommandLine.populateCommand(new ParameterOptions(), arguments).parameters();
    }
}
