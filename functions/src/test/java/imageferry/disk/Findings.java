package imageferry.disk;

import static org.assertj.core.api.Assertions.assertThat;

import imageferry.rule.Code;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/** Inspects disks for tests, and describes the findings. */
final class Findings {
    private Findings() {}

    static Finding of(byte[] bytes) {
        return Recogniser.recognise(new MemoryBytes(bytes), null);
    }

    /** Of a file that is made field by field. */
    static Finding of(ByteBuffer file) {
        return of(bytes(file));
    }

    static byte[] bytes(ByteBuffer file) {
        var bytes = new byte[file.capacity()];
        file.get(0, bytes);
        return bytes;
    }

    static Finding of(Path file) {
        return cut(file, size(file));
    }

    /** Of this number of first bytes. */
    static Finding cut(Path file, long bytes) {
        return Recogniser.recognise(new FileBytes(file, bytes), null);
    }

    static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Disk disk(Finding finding) {
        assertThat(finding).isInstanceOf(Finding.Recognised.class);
        return ((Finding.Recognised) finding).disk();
    }

    static void refused(Finding finding, Code code, String words) {
        assertThat(finding).isInstanceOf(Finding.Refused.class);
        assertThat(((Finding.Refused) finding).code()).as(finding.toString()).isEqualTo(code);
        assertThat(((Finding.Refused) finding).why()).contains(words);
    }
}
