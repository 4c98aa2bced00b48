package imageferry.local.prove;

import imageferry.local.lint.Tool;
import imageferry.local.localstack.LocalStack;
import imageferry.region.Regions;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;

/** {@code ./stacks prove --deployed} against a stack of the tests, in this JVM. */
public final class ProvedStack {
    private ProvedStack() {}

    /** A row of the report. */
    public record Row(String step, String result, String seen) {}

    /**
     * Runs all steps.
     *
     * @param folder in which SAM runs
     * @param bytes the size of the disk
     */
    public static List<Row> prove(LocalStack cloud, Regions regions, Path folder, long bytes) {
        var settings = new Settings(
                Runs.NAME,
                "imageferry",
                regions.enabled().get(0).name(),
                regions.enabled().get(1).name(),
                bytes,
                cloud.endpoint(),
                true,
                List.of());
        var account = regions.operator();
        Programs programs = (environment, command) -> {
            var run = Tool.run(
                    folder,
                    Stream.concat(
                                    Stream.of(
                                            "env",
                                            "AWS_ENDPOINT_URL=" + cloud.endpoint(),
                                            "AWS_ACCESS_KEY_ID=" + account,
                                            "AWS_SECRET_ACCESS_KEY=local"),
                                    command.stream())
                            .toList());
            return new Programs.Result(run.status(), run.output(), run.errors());
        };
        try (var operator = new Access(LocalStack.credentials(account), cloud.endpoint())) {
            return rows(new Run(settings, operator, Runs.NO_PARTNER, programs)
                    .prove(InstantSource.system(), System.out::println));
        }
    }

    static List<Row> rows(List<Entry> entries) {
        return entries.stream()
                .map(entry -> new Row(
                        entry.name(), entry.outcome().word(), entry.outcome().text()))
                .toList();
    }
}
