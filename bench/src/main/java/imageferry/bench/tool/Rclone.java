package imageferry.bench.tool;

import imageferry.bench.model.PeerModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code rclone copyto} between two buckets of one remote, as a server-side copy. */
final class Rclone implements Tool {
    private static final Pattern OLD = Pattern.compile("v1\\.([0-5]?[0-9]|6[0-3])\\.");

    @Override
    public String name() {
        return model().name();
    }

    @Override
    public Optional<String> version() throws IOException, InterruptedException {
        return Program.firstLine("rclone", "version");
    }

    @Override
    public String howToInstall() {
        return "apt-get install rclone";
    }

    @Override
    public PeerModel model() {
        return PeerModel.RCLONE;
    }

    /** One up to rclone 1.63, which copies one part after another: its flag applies to uploads only. */
    @Override
    public int widthOfParts(int configured) {
        return isSequential() ? 1 : configured;
    }

    private boolean isSequential() {
        try {
            return version().map(OLD::matcher).filter(Matcher::find).isPresent();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void copy(Job job, boolean tuned, Runnable begin) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(
                "rclone",
                "copyto",
                "simulated:" + Job.source().bucket() + "/" + Job.source().key(),
                "simulated:" + Job.target().bucket() + "/" + Job.target().key(),
                "--s3-no-check-bucket"));
        if (tuned) {
            command.addAll(List.of("--s3-copy-cutoff", job.plan().partSizeBytes() + "B"));
            command.addAll(List.of("--s3-upload-concurrency", String.valueOf(job.width())));
        }
        begin.run();
        new Program(Map.of(
                        "RCLONE_CONFIG", "/dev/null",
                        "RCLONE_CONFIG_SIMULATED_TYPE", "s3",
                        "RCLONE_CONFIG_SIMULATED_PROVIDER", "Other",
                        "RCLONE_CONFIG_SIMULATED_ENV_AUTH", "true",
                        "RCLONE_CONFIG_SIMULATED_FORCE_PATH_STYLE", "true",
                        "RCLONE_CONFIG_SIMULATED_ENDPOINT", job.endpoint().toString()))
                .run(command);
    }
}
