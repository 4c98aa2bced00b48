package imageferry.local.prove;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Lets a second account call, and revokes it. */
record SecondAccount(Installation installation, Run.@Nullable Partner partner) implements Step {
    /** An emulator takes an access key of 12 digits for the calling account. */
    private static final String STRANGER = "333333333333";

    private static final int FORBIDDEN = 403;
    private static final Polling CHANGE = new Polling(Duration.ofSeconds(2), Duration.ofMinutes(3));

    @Override
    public String name() {
        return "Revoke an account";
    }

    @Override
    public String asked() {
        return "An account of AllowedAccounts may call; once it is removed from them, it gets 403 from the API and from the bucket.";
    }

    @Override
    public Outcome run() throws Exception {
        if (installation.settings().emulated()) {
            return stranger();
        }
        return partner == null
                ? new Outcome.Skipped("There is no second account: give --second-profile PROFILE.")
                : revoked(partner);
    }

    private Outcome stranger() throws Exception {
        var credentials = StaticCredentialsProvider.create(AwsBasicCredentials.create(STRANGER, "local"));
        try (var caller = new Access(credentials, installation.settings().endpoint())) {
            var answer = installation.api(caller).get("/regions");
            return answer.status() == FORBIDDEN
                    ? new Outcome.OnlyAws(
                            "The emulator enforces neither the API's policy nor the bucket's. Seen: the functions"
                                    + " refuse an account that is not allowed, with " + answer.code() + ".")
                    : new Outcome.Failed(
                            "An account that is not allowed got " + answer.status() + " from the functions.");
        }
    }

    private Outcome revoked(Run.Partner second) throws Exception {
        var api = installation.api(second.access());
        CHANGE.until("200 for " + second.account(), () -> api.get("/regions"), answer -> answer.status() == 200);
        var deployed = installation.stacks().deploy(List.of("AllowedAccounts="));
        if (!deployed.succeeded()) {
            return new Outcome.Failed("./stacks deploy AllowedAccounts= ended with " + deployed.end());
        }
        var answer =
                CHANGE.until("403 for " + second.account(), () -> api.get("/regions"), it -> it.status() == FORBIDDEN);
        var upload = uploadStatus(second);
        return upload == FORBIDDEN
                ? new Outcome.Passed(second.account() + " got 200, and once revoked 403 (" + answer.body()
                        + ") from the API and 403 from the bucket.")
                : new Outcome.Failed(
                        "The bucket answered an upload of the revoked " + second.account() + " with " + upload + ".");
    }

    private int uploadStatus(Run.Partner second) throws Exception {
        var home = installation.settings().home();
        var bucket = installation.bucket(home);
        try {
            second.access()
                    .s3(home)
                    .putObject(
                            r -> r.bucket(bucket).key("imports/" + second.account() + "/revoked"),
                            RequestBody.fromString("prove"));
            return 200;
        } catch (S3Exception refused) {
            return refused.statusCode();
        }
    }
}
