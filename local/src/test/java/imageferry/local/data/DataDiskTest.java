package imageferry.local.data;

import static org.assertj.core.api.Assertions.assertThat;

import imageferry.local.TinyDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDiskTest {
    private final FakeProbe probe = new FakeProbe();
    private Instant now = Instant.parse("2026-11-23T10:00:00Z");
    private final DataDisk disk = new DataDisk(probe, () -> now);

    @TempDir
    Path folder;

    @Test
    void a_disk_with_room_is_writable_without_a_probe() {
        assertThat(disk.isWritable()).isTrue();
        assertThat(probe.trials).isZero();
    }

    @Test
    void too_little_room_is_reported_with_the_folder_and_both_numbers() {
        probe.free = 4096;

        assertThat(disk.refusal())
                .hasValue("The disk of the data folder /data has 4,096 bytes free, and this needs 1,048,576: make room"
                        + " there.");
    }

    @Test
    void it_is_writable_again_as_soon_as_there_is_room() {
        probe.free = 0;
        assertThat(disk.isWritable()).isFalse();

        probe.free = DataDisk.LEAST;

        assertThat(disk.isWritable()).isTrue();
    }

    @Test
    void an_object_leaves_room_for_records() {
        probe.free = DataDisk.RESERVE + 10;

        assertThat(disk.refusalOf(10)).isEmpty();
        assertThat(disk.refusalOf(11)).isPresent();
        assertThat(disk.refusal()).isEmpty();
    }

    @Test
    void an_object_of_any_size_is_compared_with_the_room() {
        assertThat(disk.refusalOf(Long.MAX_VALUE)).isPresent();
        assertThat(disk.refusalOf(Long.MAX_VALUE - DataDisk.RESERVE)).isPresent();
    }

    /** A paused terminal would stop every write. */
    @Test
    void logging_does_not_block_other_threads() {
        var logger = Logger.getLogger(DataDisk.class.getName());
        var lines = new ArrayList<String>();
        var handler = new Handler() {
            @Override
            public void publish(LogRecord record) {
                lines.add(Thread.holdsLock(disk) + " " + record.getMessage());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        logger.addHandler(handler);
        try {
            probe.free = 0;
            assertThat(disk.refusal()).isPresent();
            probe.free = DataDisk.LEAST;
            assertThat(disk.tried()).isEmpty();
        } finally {
            logger.removeHandler(handler);
        }

        assertThat(lines).hasSize(2).allMatch(line -> line.startsWith("false "));
        assertThat(lines.getLast()).contains("can be written again");
    }

    @Test
    void after_a_failure_the_disk_is_probed_before_the_next_write() {
        disk.failed(new IOException("No space left on device"));
        assertThat(disk.isWritable()).isTrue();
        assertThat(probe.trials).isOne();

        assertThat(disk.isWritable()).isTrue();
        assertThat(probe.trials).isOne();
    }

    @Test
    void an_unwritable_disk_is_probed_at_most_four_times_a_second() {
        probe.failure = "Read-only file system";
        disk.failed(new IOException("Input/output error"));
        assertThat(disk.refusal())
                .hasValue("The data folder /data cannot be written (Read-only file system): make room there, or make it"
                        + " writable.");
        assertThat(disk.isWritable()).isFalse();
        assertThat(probe.trials).isOne();

        now = now.plus(Duration.ofMillis(250));
        assertThat(disk.isWritable()).isFalse();
        assertThat(probe.trials).isEqualTo(2);

        probe.failure = "";
        now = now.plus(Duration.ofMillis(250));
        assertThat(disk.isWritable()).isTrue();
    }

    @Test
    void a_probe_finds_an_unwritable_disk_before_any_write_fails() {
        probe.failure = "No space left on device";

        assertThat(disk.refusal()).isEmpty();
        assertThat(disk.tried()).isNotEmpty();
        assertThat(disk.isWritable()).isFalse();

        probe.failure = "";
        assertThat(disk.tried()).isEmpty();
        assertThat(disk.isWritable()).isTrue();
    }

    @Test
    void a_folder_without_a_free_inode_is_not_writable_until_there_is_one() throws Exception {
        try (var tiny = TinyDisk.mount(folder.resolve("disk"), "size=64m,nr_inodes=2")) {
            var real = new DataDisk(new FolderProbe(tiny.path(), tiny.path()), () -> now);
            tiny.fill(tiny.path().toFile().getUsableSpace());
            real.failed(new IOException("No space left on device"));
            assertThat(real.isWritable()).isFalse();

            tiny.free();
            now = now.plus(Duration.ofMillis(250));
            assertThat(real.isWritable()).isTrue();
            assertThat(tiny.path()).isEmptyDirectory();
        }
    }

    @Test
    void a_folder_that_became_read_only_is_not_writable_until_it_is_again() throws Exception {
        try (var tiny = TinyDisk.mount(folder.resolve("disk"), "size=64m")) {
            var real = new DataDisk(new FolderProbe(tiny.path(), tiny.path()), () -> now);
            tiny.remount("ro");
            real.failed(new IOException("Read-only file system"));
            assertThat(real.refusal())
                    .hasValueSatisfying(sentence -> assertThat(sentence).contains("Read-only file system"));

            tiny.remount("rw");
            now = now.plus(Duration.ofMillis(250));
            assertThat(real.isWritable()).isTrue();
        }
    }

    private static final class FakeProbe implements DiskProbe {
        long free = 1L << 30;
        String failure = "";
        int trials;

        @Override
        public long freeBytes() {
            return free;
        }

        @Override
        public void write() throws IOException {
            trials++;
            if (!failure.isEmpty()) {
                throw new IOException(failure);
            }
        }

        @Override
        public String toString() {
            return "/data";
        }
    }
}
