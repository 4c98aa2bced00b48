package imageferry.bench.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.core.internal.retry.SdkDefaultRetrySetting;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3AsyncClient;

class PeerModelTest {
    private static final PeerModel.Retries RETRIES = PeerModel.TRANSFER_MANAGER.retries();

    /** Compares the model with the jar that the bench measures. */
    @Test
    void transfer_manager_has_the_attempts_of_an_unconfigured_client() {
        try (var client = S3AsyncClient.builder()
                .region(Region.US_EAST_1)
                .credentialsProvider(AnonymousCredentialsProvider.create())
                .build()) {
            var strategy = client.serviceClientConfiguration()
                    .overrideConfiguration()
                    .retryStrategy()
                    .orElseThrow();

            assertThat(RETRIES.tries()).isEqualTo(strategy.maxAttempts());
        }
    }

    @Test
    void its_first_pauses_are_those_of_the_legacy_mode() {
        assertThat(RetryMode.defaultRetryMode()).isEqualTo(RetryMode.LEGACY);
        assertThat(RETRIES.afterFailure().seconds())
                .isEqualTo(SdkDefaultRetrySetting.baseDelay(RetryMode.LEGACY).toMillis() / 1e3);
        assertThat(RETRIES.afterSlowDown().seconds())
                .isEqualTo(SdkDefaultRetrySetting.throttledBaseDelay(RetryMode.LEGACY)
                                .toMillis()
                        / 1e3);
    }
}
