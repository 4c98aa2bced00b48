package imageferry.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The clients of a function find the services by the SDK's own variables. */
class AwsClientsTest {
    @Test
    void without_a_variable_every_service_is_at_aws() {
        assertThat(new AwsClients(Map.of()).endpoint("S3")).isEmpty();
    }

    @Test
    void one_address_serves_all_services_without_an_address_of_their_own() {
        var clients = new AwsClients(Map.of(
                "AWS_ENDPOINT_URL", "http://127.0.0.1:4082", "AWS_ENDPOINT_URL_DYNAMODB", "http://127.0.0.1:8000"));

        assertThat(clients.endpoint("S3")).contains(URI.create("http://127.0.0.1:4082"));
        assertThat(clients.endpoint("DYNAMODB")).contains(URI.create("http://127.0.0.1:8000"));
    }

    @Test
    void an_empty_variable_counts_as_absent() {
        var clients = new AwsClients(Map.of("AWS_ENDPOINT_URL_S3", "", "AWS_ENDPOINT_URL", " "));

        assertThat(clients.endpoint("S3")).isEmpty();
    }

    @Test
    void without_a_region_nothing_is_guessed() {
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> new AwsClients(Map.of()).stepFunctions())
                .withMessageContaining("AWS_REGION");
    }
}
