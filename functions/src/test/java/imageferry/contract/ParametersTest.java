package imageferry.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import imageferry.function.Configuration;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A stack accepts exactly the parameter values that its functions can read. CloudFormation matches a pattern against
 * the whole value, and against each value of a list.
 */
class ParametersTest {
    private static final Map<String, String> VARIABLES = Map.ofEntries(
            Map.entry("Installation", "INSTALLATION"),
            Map.entry("Regions", "REGIONS"),
            Map.entry("ApprovalAboveBytes", "APPROVAL_ABOVE_BYTES"),
            Map.entry("BytesPerMonth", "BYTES_PER_MONTH"),
            Map.entry("SlotsPerRegion", "SLOTS_PER_REGION"),
            Map.entry("SlotsPerAccount", "SLOTS_PER_ACCOUNT"),
            Map.entry("ImagesPerRegion", "IMAGES_PER_REGION"),
            Map.entry("CopiesPerRegion", "COPIES_PER_REGION"),
            Map.entry("SharesPerImage", "SHARES_PER_IMAGE"),
            Map.entry("CopyWorkers", "COPY_WORKERS"),
            Map.entry("PricePerGiBMoved", "PRICE_PER_GIB_MOVED"),
            Map.entry("PricePerGiBMonth", "PRICE_PER_GIB_MONTH"));

    @Test
    void every_parameter_of_both_stacks_says_which_values_it_takes() {
        Stream.of(Shipped.TEMPLATE, Shipped.REGION)
                .flatMap(stack -> stack.get("Parameters").properties().stream())
                .forEach(parameter -> {
                    var rule = parameter.getValue();
                    assertThat(rule.path("Type").asText())
                            .as(parameter.getKey())
                            .isIn("String", "CommaDelimitedList");
                    // CloudFormation may print a number in another form, as 1.2E10.
                    assertThat(rule.get("Default").isTextual())
                            .as(parameter.getKey())
                            .isTrue();
                    if (!rule.has("AllowedValues")) {
                        assertThat(rule.path("AllowedPattern").asText())
                                .as(parameter.getKey())
                                .startsWith("^")
                                .endsWith("$");
                        assertThat(rule.path("ConstraintDescription").asText())
                                .as(parameter.getKey())
                                .isNotBlank();
                    }
                    assertThat(takes(rule, rule.path("Default").asText()))
                            .as(parameter.getKey())
                            .isTrue();
                });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            ApprovalAboveBytes | 0, 1, 999999999999999999        | 1e3; 1.5; -1; +1; 007; 12345678901234567890; 1000000000000000000; ''; ' 5'; '5 '; ٣; ５; x; 1_000; 0x10
            BytesPerMonth      | 0, 1, 999999999999999999        | 1e3; 1.5; -1; +1; 007; 12345678901234567890; 1000000000000000000; ''; ' 5'; '5 '; ٣; ５; x; 1_000; 0x10
            SlotsPerRegion     | 1, 40, 999999999                | 0; 1e3; 1.5; -1; +1; 07; 12345678901234567890; 1000000000; ''; ' 5'; '5 '; ٣; ５; x; 1_000; 0x10
            SlotsPerAccount    | 0, 1, 999999999                 | 1e3; 1.5; -1; +1; 07; 12345678901234567890; 1000000000; ''; ' 5'; '5 '; ٣; ５; x; 1_000; 0x10
            ImagesPerRegion    | 1, 40, 999999999                | 0; 1e3; 1.5; -1; +1; 07; 12345678901234567890; 1000000000; ''; ' 5'; '5 '; ٣; ５; x; 1_000; 0x10
            CopiesPerRegion    | 1, 40, 999999999                | 0; 1e3; 1.5; -1; +1; 07; 12345678901234567890; 1000000000; ''; ' 5'; '5 '; ٣; ５; x; 1_000; 0x10
            SharesPerImage     | 1, 9, 10, 49, 50                | 0; 51; 1e1; 1.5; -1; +1; 07; 12345678901234567890; ''; ' 5'; '5 '; ٣; ５; x
            CopyWorkers        | 1, 9, 10, 39, 40                | 0; 41; 1e1; 1.5; -1; +1; 07; 12345678901234567890; ''; ' 5'; '5 '; ٣; ５; x
            PricePerGiBMoved   | 0, 0.02, 123456789.123456789    | -1; +1; 1e3; .5; 1.; 1,5; 1234567890; 0.1234567890; ''; ' 5'; ٣; x
            PricePerGiBMonth   | 0, 0.02, 123456789.123456789    | -1; +1; 1e3; .5; 1.; 1,5; 1234567890; 0.1234567890; ''; ' 5'; ٣; x
            Installation       | imageferry, golden-dev, a1b, region, abcdefghijklmnopqrst | ab; abcdefghijklmnopqrstu; 1ab; -ab; ab-; Golden; gol_den; gol.den; gölden; ''; ' abc'; aws-images; ssm1; xn--abc; sthree-abc; amzn-s3-demo-abc; golden-region
            Regions            | us-east-1, us-gov-west-1, ap-southeast-10 | ''; us-east; US-EAST-1; us-east-1a; us_east_1; us-east-100; us-eäst-1; -east-1
            """)
    void the_template_and_the_functions_take_the_same_values(String parameter, String taken, String refused) {
        var rule = Shipped.TEMPLATE.at("/Parameters/" + parameter);

        for (var value : taken.split(", ", -1)) {
            assertThat(takes(rule, value)).as("the template takes %s", value).isTrue();
            assertThat(isRead(parameter, value))
                    .as("a function takes %s", value)
                    .isTrue();
        }
        for (var quoted : refused.split("; ", -1)) {
            var value = quoted.replace("'", "");
            assertThat(takes(rule, value))
                    .as("the template takes \"%s\"", value)
                    .isFalse();
            assertThat(isRead(parameter, value))
                    .as("a function takes \"%s\"", value)
                    .isFalse();
        }
    }

    private static boolean takes(JsonNode rule, String value) {
        if (rule.has("AllowedValues")) {
            return Shipped.list(rule.get("AllowedValues")).stream()
                    .anyMatch(one -> one.asText().equals(value));
        }
        var values = rule.path("Type").asText().equals("String") ? Stream.of(value) : Stream.of(value.split(",", -1));
        return values.allMatch(one -> one.matches(rule.path("AllowedPattern").asText()));
    }

    private static boolean isRead(String parameter, String value) {
        var environment = new HashMap<>(Map.of(
                "TABLE_NAME", "Imageferry",
                "ACCOUNT_REGIONAL_BUCKETS", "none",
                "OPERATOR_ACCOUNT", "111111111111",
                "ALLOWED_CALLERS", "111111111111",
                "APPROVER_ARNS", "*"));
        VARIABLES.forEach((name, variable) -> environment.put(
                variable,
                Shipped.TEMPLATE.at("/Parameters/" + name + "/Default").asText()));
        environment.put(VARIABLES.getOrDefault(parameter, ""), value);
        try {
            Configuration.from(environment);
            return true;
        } catch (IllegalStateException refused) {
            assertThat(refused).hasMessageContaining(VARIABLES.get(parameter) + " is ");
            return false;
        }
    }
}
