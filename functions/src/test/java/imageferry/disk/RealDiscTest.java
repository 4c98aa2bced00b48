package imageferry.disk;

import static imageferry.disk.Findings.cut;
import static imageferry.disk.Findings.disk;
import static imageferry.disk.Findings.refused;
import static imageferry.disk.Findings.size;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import imageferry.rule.Code;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A disc that this project did not make: Debian's GRUB, which starts as a disc and, by its MBR, from a memory stick. */
class RealDiscTest {
    private static final Path DISC = Path.of("/usr/lib/grub-rescue/grub-rescue-cdrom.iso");

    @BeforeEach
    void needsTheDisc() {
        assumeTrue(Files.isReadable(DISC), "grub-rescue-pc is not installed");
    }

    @Test
    void it_is_a_disc_that_a_bios_starts() {
        assertThat(disk(Findings.of(DISC))).isEqualTo(new Disk(Format.ISO, size(DISC), BootMode.BIOS));
    }

    @Test
    void it_is_a_disk_as_well_when_its_owner_says_so() {
        var asDisk = Recogniser.recognise(new FileBytes(DISC, size(DISC)), Format.RAW);

        assertThat(disk(asDisk)).isEqualTo(new Disk(Format.RAW, size(DISC), BootMode.BIOS));
    }

    @Test
    void it_is_refused_wherever_it_is_cut_off() {
        for (var length = size(DISC) - 1; length > 1 << 20; length -= 1 << 20) {
            refused(cut(DISC, length), Code.INVALID_IMAGE_FORMAT_TRUNCATED, "is cut off");
        }
    }
}
