package imageferry.local;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.springframework.util.FileSystemUtils;

/** A file system of its own that a test can fill. Tests that need one are skipped where mounting is not permitted. */
public final class TinyDisk implements AutoCloseable {
    private static final int MIB = 1 << 20;
    private static final int PAGE = 4096;

    private final Path path;
    private final Path filler;

    private TinyDisk(Path path) {
        this.path = path;
        this.filler = path.resolve("filler");
    }

    /** @param options of tmpfs, such as {@code size=64m} */
    public static TinyDisk mount(Path folder, String options) throws IOException {
        Files.createDirectories(folder);
        var answer = run("mount", "-t", "tmpfs", "-o", options, "tmpfs", folder.toString());
        return answer.isEmpty() ? new TinyDisk(folder) : abort("no tmpfs can be mounted here: " + answer);
    }

    public Path path() {
        return path;
    }

    /** Fills the disk except for this number of bytes, in whole pages. */
    public void fill(long leave) throws IOException {
        try (var file = FileChannel.open(filler, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            for (var size : List.of(MIB, PAGE)) {
                while (room() >= leave + size) {
                    file.write(ByteBuffer.allocate(size), file.size());
                }
            }
        } catch (IOException full) {
            if (leave > 0) {
                throw full;
            }
        }
    }

    /** Uses all inodes except for this number, so that there is room for bytes, and for no other file. */
    public void takeInodes(int leave) throws IOException {
        var files = Files.createDirectories(path.resolve("inodes"));
        var made = files.toFile().list().length;
        try {
            while (true) {
                Files.createFile(files.resolve("inode-" + made));
                made++;
            }
        } catch (IOException none) {
            for (var i = 1; i <= leave; i++) {
                Files.delete(files.resolve("inode-" + (made - i)));
            }
        }
    }

    private long room() {
        return path.toFile().getUsableSpace();
    }

    /** Frees all room and all inodes. */
    public void free() throws IOException {
        Files.deleteIfExists(filler);
        FileSystemUtils.deleteRecursively(path.resolve("inodes"));
    }

    /** Mounts the same disk again with other options, such as {@code ro}. */
    public void remount(String options) throws IOException {
        var answer = run("mount", "-o", "remount," + options, path.toString());
        if (!answer.isEmpty()) {
            throw new IOException(answer);
        }
    }

    private static String run(String... command) throws IOException {
        var process =
                new ProcessBuilder(List.of(command)).redirectErrorStream(true).start();
        try (var said = process.getInputStream()) {
            var text = new String(said.readAllBytes(), StandardCharsets.UTF_8).strip();
            return process.onExit().join().exitValue() == 0 ? "" : text + " (" + String.join(" ", command) + ")";
        }
    }

    /** Also while a process still has files open there. */
    @Override
    public void close() throws IOException {
        run("umount", "-l", path.toString());
    }
}
