package imageferry.bench.tool;

import java.util.List;

/** The tools that people use. */
public final class Peers {
    private Peers() {}

    /** Those that are on this machine and those that are not. */
    public static List<Tool> all() {
        return List.of(new AwsCli(), new Rclone(), new S5cmd(), new TransferManager());
    }
}
