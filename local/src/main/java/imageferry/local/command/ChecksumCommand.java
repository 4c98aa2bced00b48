package imageferry.local.command;

import imageferry.copying.Claim;
import imageferry.rule.Count;
import imageferry.snapshot.PartPlanner;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints the checksum that an image imported from this file must have. */
@Command(name = "checksum", description = "Prints a file's composite SHA-256, as its image shows it.")
final class ChecksumCommand implements Callable<Integer> {
    /** The template's default of CopyWorkers, which determines the canonical part size. */
    private static final int WORKERS = 40;

    @Spec
    @SuppressWarnings("NullAway.Init")
    CommandSpec spec;

    @Parameters(paramLabel = "FILE", index = "0")
    @SuppressWarnings("NullAway.Init")
    Path file;

    @Parameters(
            paramLabel = "EXPECTED",
            arity = "0..1",
            index = "1",
            description =
                    "A composite or a plain SHA-256 to compare with, as sha256sum prints it; exits with 1 if it differs.")
    @Nullable
    String expected;

    @Option(
            names = "--part-size",
            paramLabel = "BYTES",
            description = "The image's partSizeBytes. Default: that of an import of this file.")
    @Nullable
    Long partSizeBytes;

    @Override
    public Integer call() throws Exception {
        if (partSizeBytes != null && partSizeBytes < 1) {
            throw Explained.misuse("--part-size is " + partSizeBytes + "; give a number of bytes, at least 1.");
        }
        if (!Files.isRegularFile(file)) {
            throw new Explained("There is no file " + file + "; give the path of a disk image");
        }
        var size = Files.size(file);
        if (size == 0) {
            throw new Explained(file + " is empty; give a disk image with content");
        }
        var partSize =
                partSizeBytes == null ? new PartPlanner(WORKERS).plan(size).partSizeBytes() : partSizeBytes;
        var found = composite(file, partSize);
        spec.commandLine().getOut().println(found);
        if (expected != null) {
            compare(expected, found, partSize);
        }
        return 0;
    }

    private void compare(String expected, String composite, long partSize) throws Exception {
        if (!Claim.isChecksum(expected)) {
            throw new Explained(
                    "\"" + expected + "\" is not a SHA-256; give 64 hex digits, base64, or <base64>-<parts>");
        }
        var claim = Claim.ofChecksum(expected);
        var ofParts = claim.composite().isPresent();
        var found = ofParts ? composite : whole(file);
        if (!claim.composite().or(claim::wholeSha256).equals(Optional.of(found))) {
            throw new Explained("The checksum of " + file + " is "
                    + (ofParts ? found : claim.alike(found))
                    + (ofParts ? " in parts of " + Count.of(partSize, "byte") : "") + ", not " + expected);
        }
    }

    private static String whole(Path file) throws Exception {
        try (var bytes = Files.newInputStream(file)) {
            return Base64.getEncoder().encodeToString(part(bytes, Long.MAX_VALUE));
        }
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

    /** Returns the hash of the next part; empty at the end of the file. */
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
