package imageferry.local.prove;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.PartitionMetadata;
import software.amazon.awssdk.regions.Region;

/** Calls the API with a role of the operator's account that has no policy. */
record RoleWithoutRights(Installation installation, Programs programs) implements Step {
    static final String SUFFIX = "-no-rights";

    private static final int FORBIDDEN = 403;
    /** IAM shows a new role everywhere only after some seconds. */
    private static final Polling NEW_ROLE = new Polling(Duration.ofSeconds(2), Duration.ofMinutes(2));

    @Override
    public String name() {
        return "A role without rights";
    }

    @Override
    public String asked() {
        return "A role of the operator's account without execute-api:Invoke gets 403.";
    }

    @Override
    public Outcome run() throws Exception {
        var settings = installation.settings();
        if (settings.emulated()) {
            return new Outcome.OnlyAws("The emulator does not enforce IAM.");
        }
        var role = settings.installation() + SUFFIX;
        var principal =
                "arn:" + PartitionMetadata.of(Region.of(settings.home())).id() + ":iam::" + installation.account();
        var created = programs.run(
                Map.of(),
                aws(
                        "iam",
                        "create-role",
                        "--role-name",
                        role,
                        "--assume-role-policy-document",
                        trust(principal + ":root")));
        if (!created.succeeded()) {
            return new Outcome.Failed("The role could not be created: " + created.end());
        }
        try (var caller = new Access(session(principal + ":role/" + role), settings.endpoint())) {
            var answer = installation.api(caller).get("/regions");
            var seen = "GET /regions got " + answer.status() + " " + answer.body() + ".";
            return answer.status() == FORBIDDEN ? new Outcome.Passed(seen) : new Outcome.Failed(seen);
        } finally {
            programs.run(Map.of(), aws("iam", "delete-role", "--role-name", role));
        }
    }

    private static String trust(String account) {
        return """
                {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"%s"},"Action":"sts:AssumeRole"}]}""".formatted(account);
    }

    private StaticCredentialsProvider session(String arn) throws Exception {
        var command = aws(
                "sts",
                "assume-role",
                "--role-session-name",
                "prove",
                "--role-arn",
                arn,
                "--query",
                "Credentials.[AccessKeyId,SecretAccessKey,SessionToken]");
        var assumed = NEW_ROLE.until("the new role", () -> programs.runUnlogged(command), Programs.Result::succeeded);
        var parts = assumed.output().strip().split("\\s+", -1);
        return StaticCredentialsProvider.create(AwsSessionCredentials.create(parts[0], parts[1], parts[2]));
    }

    private List<String> aws(String... words) {
        var command = new ArrayList<>(List.of("aws"));
        command.addAll(List.of(words));
        command.addAll(List.of("--region", installation.settings().home(), "--output", "text"));
        return command;
    }
}
