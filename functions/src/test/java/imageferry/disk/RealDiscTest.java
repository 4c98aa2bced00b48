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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Discs from other projects. All of them also boot from a memory stick. */
class RealDiscTest {
    private static final Path GRUB = Path.of("/usr/lib/grub-rescue/grub-rescue-cdrom.iso");
    private static final Path MEMTEST = Path.of("/usr/lib/memtest86+/memtest86+x64.iso");

    private static Path installed(Path disc) {
        assumeTrue(Files.isReadable(disc), disc + " is not installed");
        return disc;
    }

    @Test
    void grubs_disc_boots_with_a_bios() {
        var disc = installed(GRUB);

        assertThat(disk(Findings.of(disc))).isEqualTo(new Disk(Format.ISO, size(disc), BootMode.BIOS));
    }

    @Test
    void grubs_disc_is_also_a_raw_disk_if_its_owner_says_so() {
        var disc = installed(GRUB);
        var asDisk = Recogniser.recognise(new FileBytes(disc, size(disc)), Format.RAW);

        assertThat(disk(asDisk)).isEqualTo(new Disk(Format.RAW, size(disc), BootMode.BIOS));
    }

    @Test
    void grubs_disc_is_refused_wherever_it_is_cut_off() {
        var disc = installed(GRUB);
        for (var length = size(disc) - 1; length > 1 << 20; length -= 1 << 20) {
            refused(cut(disc, length), Code.INVALID_IMAGE_FORMAT_TRUNCATED, "is cut off");
        }
    }

    /** Its EFI system partition is appended to the volume. The last 307,200 bytes are padding. */
    @Test
    void the_disc_of_memtest_is_refused_wherever_its_appended_partition_is_cut_off() {
        var disc = installed(MEMTEST);

        assertThat(disk(Findings.of(disc))).isEqualTo(new Disk(Format.ISO, size(disc), BootMode.BOTH));
        for (var length = size(disc) - 307_200 - 1; length > 1 << 20; length -= 1 << 18) {
            refused(cut(disc, length), Code.INVALID_IMAGE_FORMAT_TRUNCATED, "is cut off");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/usr/lib/memtest86+/memtest86+ia32.iso, bios-and-uefi",
        "/usr/lib/ipxe/ipxe.iso, bios-and-uefi",
        "/usr/lib/grub-rescue/grub-rescue-floppy.img, bios",
        "/usr/lib/grub-rescue/grub-rescue-usb.img, bios",
    })
    void complete_discs_are_accepted(Path disc, String bootMode) {
        var file = installed(disc);

        assertThat(disk(Findings.of(file))).isEqualTo(new Disk(Format.ISO, size(file), BootMode.of(bootMode)));
    }
}
