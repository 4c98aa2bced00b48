package imageferry.local.prove;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DiskTest {
    private static final int MIB = 1 << 20;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 64})
    void its_parts_are_its_bytes_whatever_their_size(int blocks) {
        var disk = new Disk(42, 3 * MIB + 5);
        var all = new ByteArrayOutputStream();
        for (var at = 0L; at < disk.bytes(); at += (long) blocks * MIB) {
            all.writeBytes(disk.part(at, blocks));
        }

        assertThat(all.size()).isEqualTo(3 * MIB + 5);
        assertThat(HexFormat.of().formatHex(Disk.newSha256().digest(all.toByteArray())))
                .isEqualTo(disk.sha256());
    }

    @Test
    void no_block_is_like_another_and_the_first_ends_as_a_boot_record() {
        var disk = new Disk(42, 3 * MIB);

        assertThat(disk.part(MIB, 1)).isNotEqualTo(disk.part(2 * MIB, 1));
        assertThat(disk.part(0, 1)[510]).isEqualTo((byte) 0x55);
        assertThat(disk.part(0, 1)[511]).isEqualTo((byte) 0xAA);
    }
}
