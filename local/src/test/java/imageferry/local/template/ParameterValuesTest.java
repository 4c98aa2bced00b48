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
    private static final Path SHIPPED = Path.of(System.getProperty("imageferry.home", ".."));

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
    void an_unknown_name_is_refused_with_the_known_ones() {
        refused("Slot", "1", "There is no parameter Slot; the template knows Mail, Regions, Size, Slots.");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Slots | many   | The value "many" of the parameter Slots is not a number.
            Slots | 0      | The value "0" of the parameter Slots is less than 1.
            Slots | ٣      | The value "٣" of the parameter Slots is not a number.
            Slots | 10     | The value "10" of the parameter Slots is more than 9.
            Size  | medium | The value "medium" of the parameter Size is none of small, large.
            Mail  | nobody | The value "nobody" of the parameter Mail is not allowed: it needs an @.
            """)
    void a_value_outside_its_rule_is_refused_with_the_rule(String name, String value, String sentence) {
        refused(name, value, sentence);
    }

    @Test
    void all_wrong_values_are_reported_at_once() {
        assertThatExceptionOfType(ValueRefused.class)
                .isThrownBy(() -> TemplateFiles.read(home, "", Map.of("Slots", "0", "Size", "medium", "Slot", "1")))
                .withMessage("There is no parameter Slot; the template knows Mail, Regions, Size, Slots."
                        + " The value \"0\" of the parameter Slots is less than 1."
                        + " The value \"medium\" of the parameter Size is none of small, large.");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            ImagesPerRegion    | 1e3                  | is not allowed: a whole number from 1 to 999999999, in digits only.
            ImagesPerRegion    | 1.5                  | is not allowed: a whole number from 1 to 999999999, in digits only.
            ImagesPerRegion    | 12345678901234567890 | is not allowed: a whole number from 1 to 999999999, in digits only.
            ImagesPerRegion    | -1                   | is not allowed: a whole number from 1 to 999999999, in digits only.
            ImagesPerRegion    | ''                   | is not allowed: a whole number from 1 to 999999999, in digits only.
            ImagesPerRegion    | ' 5'                 | is not allowed: a whole number from 1 to 999999999, in digits only.
            ImagesPerRegion    | ٣                    | is not allowed: a whole number from 1 to 999999999, in digits only.
            SharesPerImage     | 51                   | is not allowed: a whole number from 1 to 50, in digits only.
            CopyWorkers        | 41                   | is not allowed: a whole number from 1 to 40, in digits only.
            ApprovalAboveBytes | -1                   | is not allowed: a whole number of bytes, from 0 to 999999999999999999, in digits only.
            PricePerGiBMoved   | 1e3                  | is not allowed: a decimal number as 0.02, with at most 9 digits before and after the point.
            AllowedAccounts    | 222222222222,me      | is not allowed: account ids of 12 digits, with commas between them, or nothing.
            Architecture       | sparc                | is none of arm64, x86_64.
            AlarmTopic         | alarms               | is not allowed: the ARN of an SNS topic, or nothing.
            Regions            | us-east-1,Europe     | is not allowed: names of regions as eu-west-1, with commas between them.
            Regions            | us-east-1,           | is not allowed: names of regions as eu-west-1, with commas between them.
            Regions            | ''                   | is not allowed: names of regions as eu-west-1, with commas between them.
            """)
    void a_value_that_the_shipped_template_forbids_is_refused_with_the_form(String name, String value, String why) {
        assertThatExceptionOfType(ValueRefused.class)
                .isThrownBy(() -> Template.read(SHIPPED, Map.of(name, value)))
                .withMessage("The value \"" + value + "\" of the parameter " + name + " " + why);
    }

    @Test
    void a_region_that_is_named_twice_is_refused() {
        assertThatExceptionOfType(ValueRefused.class)
                .isThrownBy(() -> Template.read(SHIPPED, Map.of("Regions", "us-east-1, eu-west-1,us-east-1")))
                .withMessage("The parameter Regions names us-east-1 twice: name each region once.");
    }

    @Test
    void lists_may_have_spaces_after_commas_and_accounts_may_be_empty() {
        assertThat(Template.read(SHIPPED, Map.of("Regions", "eu-west-1, us-east-1", "AllowedAccounts", ""))
                        .regions())
                .containsExactly("eu-west-1", "us-east-1");
    }

    private void refused(String name, String value, String sentence) {
        assertThatExceptionOfType(TemplateRefused.class)
                .isThrownBy(() -> TemplateFiles.read(home, "", Map.of(name, value)))
                .withMessage(sentence);
    }
}
