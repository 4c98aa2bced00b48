package imageferry.local.prove;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** Arguments that are refused before anything starts. */
class ProveCommandTest {
    private final StringWriter errors = new StringWriter();

    private int run(String... arguments) {
        return new CommandLine(new ProveCommand())
                .setOut(new PrintWriter(new StringWriter()))
                .setErr(new PrintWriter(errors, true))
                .execute(arguments);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --regions us-east-1                     | give two different regions, the home region first
            --regions us-east-1,us-east-1           | give two different regions, the home region first
            --regions us-east-1,eu-west-1,eu-west-2 | give two different regions, the home region first
            --bytes 1048575                         | --bytes is 1048575; give at least 1048576
            --bytes 536870912001                    | --bytes is 536870912001; give at most 536870912000
            --bytes many                            | Invalid value for option '--bytes'
            --remove imageferry                     | give the name of an installation that prove made, as prove-a1b2c3
            --remove prove-production               | give the name of an installation that prove made, as prove-a1b2c3
            --deployed imageferry                   | --deployed is for emulators; set AWS_ENDPOINT_URL, or leave it out
            --unknown                               | Unknown option: '--unknown'
            Regions                                 | is not a parameter of template.yaml; give NAME=VALUE
            Regions=us-east-1                       | give --regions HOME,OTHER
            AllowedAccounts=222222222222            | give --second-profile PROFILE
            """)
    void a_wrong_argument_is_refused_with_the_right_form(String arguments, String sentence) {
        assertThat(run(arguments.split(" ", -1))).isEqualTo(2);
        assertThat(errors.toString()).contains(sentence);
    }

    @Test
    void the_help_names_every_option() {
        assertThat(run("--help")).isZero();
    }
}
