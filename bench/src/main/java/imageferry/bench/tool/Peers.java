package imageferry.bench.tool;

import java.util.List;

/** Tools to compare with. */
public final class Peers {
    private Peers() {}

    /** Returns all peers, installed or not. */
    public static List<Tool> all() {
        return List.of(new AwsCli(), new Rclone(), new S5cmd(), new TransferManager());
    }
}
