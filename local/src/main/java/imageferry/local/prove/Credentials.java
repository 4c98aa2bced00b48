package imageferry.local.prove;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProcessCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;

/** Finds the credentials that the AWS CLI uses. */
record Credentials(Programs programs) {
    /** Returns a profile's credentials, or those of the environment. Sign-in by a browser needs version 2 of the CLI. */
    AwsCredentialsProvider of(Optional<String> profile) {
        var plain = profile.<AwsCredentialsProvider>map(ProfileCredentialsProvider::create)
                .orElseGet(() -> DefaultCredentialsProvider.builder().build());
        try {
            var _ = plain.resolveCredentials();
            return plain;
        } catch (SdkClientException | IllegalStateException signIn) {
            return ProcessCredentialsProvider.builder()
                    .command(profile.map(name -> Stream.concat(EXPORT.stream(), Stream.of("--profile", name))
                                    .toList())
                            .orElse(EXPORT))
                    .build();
        }
    }

    private static final List<String> EXPORT = List.of("aws", "configure", "export-credentials", "--format", "process");

    /** Returns the account of a profile. */
    String account(String profile, String region) throws IOException, InterruptedException {
        var command = List.of(
                "aws",
                "sts",
                "get-caller-identity",
                "--profile",
                profile,
                "--region",
                region,
                "--output",
                "text",
                "--query",
                "Account");
        var answer = programs.run(Map.of(), command);
        if (!answer.succeeded()) {
            throw new IllegalStateException("The profile " + profile + " cannot be used: " + answer.end());
        }
        return answer.output().strip();
    }
}
