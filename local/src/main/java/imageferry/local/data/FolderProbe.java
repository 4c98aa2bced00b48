package imageferry.local.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/**
 * Probes the disk of an existing folder.
 *
 * @param trials a folder on that disk for small files, which may stay there when the process is killed
 */
record FolderProbe(Path folder, Path trials) implements DiskProbe {
    private static final int BYTES = 64 << 10;

    @Override
    public long freeBytes() {
        return folder.toFile().getUsableSpace();
    }

    @Override
    public void write() throws IOException {
        var file = trials.resolve(UUID.randomUUID().toString());
        try {
            Files.write(file, new byte[BYTES], StandardOpenOption.CREATE_NEW);
        } finally {
            Files.deleteIfExists(file);
        }
    }

    @Override
    public String toString() {
        return folder.toString();
    }
}
