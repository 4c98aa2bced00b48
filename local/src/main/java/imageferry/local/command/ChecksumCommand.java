package imageferry.local.command;

import imageferry.snapshot.PartPlanner;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints what an image's checksum must be if it was imported from this file. */
@Command(name = "checksum", description = "Prints a file's composite SHA-256, as an image of it shows it.")
final class ChecksumCommand implements Callable<Integer> {
    /** The template's own default of CopyWorkers, which the canonical part size follows from. */
    private static final int WORKERS = 40;

    @Spec
    @SuppressWarnings("NullAway.Init")
    CommandSpec spec;

    @Parameters(paramLabel = "FILE")
    @SuppressWarnings("NullAway.Init")
    Path file;

    @Option(
            names = "--part-size",
            paramLabel = "BYTES",
            description = "The image's partSizeBytes. Default: what an import of this file would use.")
    long partSizeBytes;

    @Override
    public Integer call() throws Exception {
        if (!Files.isRegularFile(file)) {
            throw new Explained("There is no file " + file + "; give the path of a disk image");
        }
        var size = Files.size(file);
        if (size == 0) {
            throw new Explained(file + " is empty; give a disk image that holds something");
        }
        var partSize = partSizeBytes > 0
                ? partSizeBytes
                : new PartPlanner(WORKERS).plan(size).partSizeBytes();
        spec.commandLine().getOut().println(composite(file, partSize));
        return 0;
    }

    static String composite(Path file, long partSizeBytes) throws Exception {
        var whole = MessageDigest.getInstance("SHA-256");
        var parts = 0;
        try (var bytes = Files.newInputStream(file)) {
            for (var part = part(bytes, partSizeBytes); part.length > 0; part = part(bytes, partSizeBytes)) {
                whole.update(part);
                parts++;
            }
        }
        return Base64.getEncoder().encodeToString(whole.digest()) + "-" + parts;
    }

    /** The hash of the next part; empty at the end of the file. */
    private static byte[] part(InputStream bytes, long size) throws Exception {
        var digest = MessageDigest.getInstance("SHA-256");
        var buffer = new byte[1 << 20];
        var left = size;
        while (left > 0) {
            var read = bytes.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (read < 0) {
                break;
            }
            digest.update(buffer, 0, read);
            left -= read;
        }
        return left == size ? new byte[0] : digest.digest();
    }
}
