package imageferry.local.store;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.util.UUID;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes a file completely or not at all. S3Mock would overwrite the only list of a bucket's keys in place: a process killed
 * during that would lose the bucket.
 */
final class AtomicJsonMapper extends JsonMapper {
    AtomicJsonMapper(JsonMapper.Builder builder) {
        super(builder);
    }

    @Override
    public void writeValue(File file, Object value) {
        var target = file.toPath();
        var written = target.resolveSibling("." + target.getFileName() + "." + UUID.randomUUID());
        try {
            try {
                Files.write(written, writeValueAsBytes(value));
                Files.move(written, target, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                // A full disk leaves an incomplete file, which would keep the disk full.
                Files.deleteIfExists(written);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
