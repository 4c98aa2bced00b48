package imageferry.local.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParameterValuesTest {
    @TempDir
    Path home;

    @Test
    void defaults_hold_until_they_are_set() throws IOException {
        var template = TemplateFiles.read(home, "", Map.of("Slots", "2", "Regions", "eu-west-1, us-east-1"));

        assertThat(template.parameters().text("Size")).isEqualTo("small");
        assertThat(template.parameters().text("Slots")).isEqualTo("2");
        assertThat(template.homeRegion()).isEqualTo("eu-west-1");
        assertThat(template.regions()).containsExactly("eu-west-1", "us-east-1");
    }

    @Test
    void an_unknown_name_is_answered_with_the_known_ones() {
        refused("Slot", "1", "There is no parameter Slot; the template knows Mail, Regions, Size, Slots.");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Slots | many   | The value "many" of the parameter Slots is not a number.
            Slots | 0      | The value "0" of the parameter Slots is less than 1.
            Slots | 10     | The value "10" of the parameter Slots is more than 9.
            Size  | medium | The value "medium" of the parameter Size is none of small, large.
            Mail  | nobody | The value "nobody" of the parameter Mail is not allowed: it needs an @.
            """)
    void a_value_outside_its_rule_is_refused_with_the_rule(String name, String value, String sentence) {
        refused(name, value, sentence);
    }

    private void refused(String name, String value, String sentence) {
        assertThatExceptionOfType(TemplateRefused.class)
                .isThrownBy(() -> TemplateFiles.read(home, "", Map.of(name, value)))
                .withMessage(sentence);
    }
}
