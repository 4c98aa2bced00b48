package imageferry.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imageferry.region.Region;
import imageferry.usage.Prices;
import java.math.BigDecimal;
import java.util.HashMap;
import org.junit.jupiter.api.Test;

/** A function with a wrong environment reports all errors at once. */
class ConfigurationTest {
    @Test
    void a_complete_environment_is_read() {
        var configuration = Configuration.from(CompleteEnvironment.VARIABLES);

        assertThat(configuration.regions().home()).isEqualTo(new Region("us-east-1"));
        assertThat(configuration.regions().enabled()).hasSize(2);
        assertThat(configuration.approvalAboveBytes()).isEqualTo(500L << 30);
        assertThat(configuration.samLocal()).isFalse();
        assertThat(configuration.stateMachine()).isNull();
        assertThat(configuration.prices()).isEqualTo(new Prices(new BigDecimal("0.02"), BigDecimal.ZERO));
    }

    @Test
    void a_bucket_in_the_accounts_own_namespace_has_the_suffix_that_s3_prescribes() {
        var environment = new HashMap<>(CompleteEnvironment.VARIABLES);
        environment.put("ACCOUNT_REGIONAL_BUCKETS", "eu-west-1");

        var regions = Configuration.from(environment).regions();

        assertThat(regions.bucket(new Region("eu-west-1"))).isEqualTo("imageferry-111111111111-eu-west-1-an");
        assertThat(regions.bucket(new Region("us-east-1"))).isEqualTo("imageferry-111111111111-us-east-1");
    }

    @Test
    void only_a_function_that_shows_prices_needs_all_of_them() {
        var environment = new HashMap<>(CompleteEnvironment.VARIABLES);
        environment.remove("PRICE_PER_GIB_MONTH");
        assertThatThrownBy(() -> Configuration.from(environment))
                .hasMessage("The function's environment is wrong: PRICE_PER_GIB_MONTH is missing; expected a decimal"
                        + " number such as 0.02");

        environment.remove("PRICE_PER_GIB_MOVED");
        assertThat(Configuration.from(environment).prices()).isNull();
    }

    @Test
    void every_missing_or_malformed_variable_is_named() {
        var environment = new HashMap<>(CompleteEnvironment.VARIABLES);
        environment.remove("TABLE_NAME");
        environment.put("REGIONS", "us-east-1,Europe");
        environment.put("OPERATOR_ACCOUNT", "me");
        environment.put("ALLOWED_CALLERS", "111111111111,");
        environment.put("APPROVER_ARNS", "ann");
        environment.put("SLOTS_PER_REGION", "0");
        environment.put("COPY_WORKERS", "");

        assertThatThrownBy(() -> Configuration.from(environment))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("The function's environment is wrong: TABLE_NAME is missing; expected a table's name;"
                        + " OPERATOR_ACCOUNT is \"me\"; expected an account id of 12 digits;"
                        + " REGIONS is \"us-east-1,Europe\"; expected region names with commas between;"
                        + " ALLOWED_CALLERS is \"111111111111,\"; expected ids of accounts and organizations with commas"
                        + " between; APPROVER_ARNS is \"ann\"; expected ARNs of users, roles or their sessions with"
                        + " commas between;"
                        + " SLOTS_PER_REGION is \"0\"; expected a whole number from 1 to 999999999, in digits only;"
                        + " COPY_WORKERS is missing; expected a whole number from 1 to 40, in digits only");
    }
}
