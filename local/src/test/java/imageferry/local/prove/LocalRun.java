package imageferry.local.prove;

import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** The steps that local mode can run: it has an API and buckets, but no stacks, Lambda or IAM. */
public final class LocalRun {
    private LocalRun() {}

    /**
     * Runs them and the removal of the images.
     *
     * @param api without a path
     * @param bytes the size of the disk
     */
    public static List<ProvedStack.Row> prove(URI api, URI s3, long bytes) {
        var programs = new RecordedPrograms();
        programs.answer("sam list stack-outputs", "[{\"OutputKey\":\"ApiUrl\",\"OutputValue\":\"" + api + "\"}]");
        var settings =
                new Settings(Runs.NAME, "imageferry", "us-east-1", "eu-west-1", bytes, Runs.AWS, true, List.of());
        var credentials = StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "secret"));
        try (var access = new Access(credentials, s3)) {
            var installation = new Installation(settings, access, new Stacks(settings, programs));
            var disk = new Disk(7, bytes);
            var steps = List.<Step>of(
                    new Import(installation, disk),
                    new Copy(installation),
                    new Compare(installation, disk),
                    new CancelInFlight(installation, 0),
                    new RestoreFromBin(installation));
            var removal = new Removal(installation, new Leftovers(settings, programs));
            return ProvedStack.rows(new Proof(steps, removal, InstantSource.system(), _ -> {}).run());
        }
    }
}
