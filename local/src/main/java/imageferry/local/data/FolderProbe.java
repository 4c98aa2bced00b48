package imageferry.local.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Asks the disk of a folder that exists. */
record FolderProbe(Path folder) implements DiskProbe {
    private static final int BYTES = 64 << 10;

    @Override
    public long freeBytes() {
        return folder.toFile().getUsableSpace();
    }

    @Override
    public void write() throws IOException {
        var file = folder.resolve("disk.probe");
        try {
            Files.write(file, new byte[BYTES]);
        } finally {
            Files.deleteIfExists(file);
        }
    }

    @Override
    public String toString() {
        return folder.toString();
    }
}
