package imageferry.bench.tool;

import imageferry.bench.model.PeerModel;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code aws s3 cp}. */
final class AwsCli implements Tool {
    @Override
    public String name() {
        return model().name();
    }

    @Override
    public Optional<String> version() throws IOException, InterruptedException {
        return Program.firstLine("aws", "--version").map(line -> line.replaceFirst(" .*", ""));
    }

    @Override
    public String howToInstall() {
        return "pip install awscli";
    }

    @Override
    public PeerModel model() {
        return PeerModel.AWS_CLI;
    }

    @Override
    public void copy(Job job, boolean tuned, Runnable begin) throws IOException, InterruptedException {
        var configuration = Files.createTempFile("imageferry-bench", ".aws");
        try {
            Files.writeString(configuration, configuration(job, tuned));
            begin.run();
            new Program(Map.of("AWS_CONFIG_FILE", configuration.toString(), "AWS_EC2_METADATA_DISABLED", "true"))
                    .run(List.of(
                            "aws",
                            "s3",
                            "cp",
                            "s3://" + Job.source().bucket() + "/" + Job.source().key(),
                            "s3://" + Job.target().bucket() + "/" + Job.target().key(),
                            "--endpoint-url",
                            job.endpoint().toString(),
                            "--no-progress"));
        } finally {
            Files.deleteIfExists(configuration);
        }
    }

    private static String configuration(Job job, boolean tuned) {
        var settings = new StringBuilder("[default]\nregion = us-east-1\ns3 =\n  addressing_style = path\n");
        if (tuned) {
            settings.append("  max_concurrent_requests = %s\n".formatted(job.width()));
            settings.append("  multipart_threshold = %s\n".formatted(job.plan().partSizeBytes()));
            settings.append("  multipart_chunksize = %s\n".formatted(job.plan().partSizeBytes()));
        }
        return settings.toString();
    }
}
