package imageferry.local.store;

import imageferry.local.data.FailureReason;
import java.io.IOException;
import java.nio.file.Files;

/** The system's folder for temporary files: S3Mock works in it, and the database runs its native library from it. */
public final class TemporaryFiles {
    /** A little more than the size of the native library. */
    private static final int NEEDED_BYTES = 4 << 20;

    private TemporaryFiles() {}

    /** @throws StoresRefused when the folder cannot be written, is full, or is on a disk mounted with noexec */
    static void require() {
        try {
            var probe = Files.createTempFile("imageferry-probe", "");
            try {
                Files.write(probe, new byte[NEEDED_BYTES]);
                if (!probe.toFile().setExecutable(true) || !Files.isExecutable(probe)) {
                    throw new IOException("it is on a disk that is mounted with noexec");
                }
            } finally {
                Files.deleteIfExists(probe);
            }
        } catch (IOException refused) {
            throw new StoresRefused(sentence(refused));
        }
    }

    /** Returns the message that the folder cannot be used, with a fix. */
    public static String sentence(IOException reason) {
        return "The folder for temporary files, " + System.getProperty("java.io.tmpdir") + ", cannot be used ("
                + FailureReason.of(reason) + "): name another one in the variable TMPDIR.";
    }
}
