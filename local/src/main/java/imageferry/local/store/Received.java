package imageferry.local.store;

import com.adobe.testing.s3mock.s3.dto.ChecksumAlgorithm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Complete bytes that are not visible yet. Closing deletes the file unless it was taken.
 *
 * @param file taken by moving it
 * @param md5 hexadecimal
 * @param checksum base64, of the algorithm; null without one
 */
record Received(
        Path file,
        long size,
        String md5,
        @Nullable ChecksumAlgorithm algorithm,
        @Nullable String checksum) implements AutoCloseable {
    @Override
    public void close() throws IOException {
        Files.deleteIfExists(file);
    }
}
