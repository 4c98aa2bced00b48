package imageferry.disk;

import static imageferry.disk.Findings.cut;
import static imageferry.disk.Findings.disk;
import static imageferry.disk.Findings.refused;
import static imageferry.disk.Findings.size;
import static org.assertj.core.api.Assertions.assertThat;

import imageferry.rule.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Discs made by xorriso with every kind of table: complete ones are accepted, truncated ones are refused. */
@Tag("slow")
class MadeDiscTest {
    private static final String ESP = "-append_partition 2 0xef esp.img ";
    private static final String START_ESP =
            "-eltorito-alt-boot -e --interval:appended_partition_2:all:: -no-emul-boot ";
    private static final String CODE = "-b boot.img -c boot.cat -no-emul-boot -boot-load-size 4 ";

    @TempDir
    Path folder;

    private Tool xorriso;

    @BeforeEach
    void makeTree() throws IOException {
        xorriso = Tool.named("xorriso", folder);
        var noise = new byte[1 << 20];
        new Random(11).nextBytes(noise);
        Files.createDirectory(folder.resolve("tree"));
        Files.write(folder.resolve("tree/boot.img"), new byte[4096]);
        Files.write(folder.resolve("tree/noise"), noise);
        Files.write(folder.resolve("esp.img"), noise);
        Files.write(folder.resolve("code.img"), new byte[432]);
    }

    private Path made(String options) {
        xorriso.run(("xorriso -as mkisofs -quiet " + options + " -o disc.iso tree").split("\\s+"));
        return folder.resolve("disc.iso");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-J -R",
                "-no-pad",
                CODE,
                CODE + "-isohybrid-mbr code.img",
                CODE + "-isohybrid-mbr code.img -partition_offset 16",
                CODE + "-isohybrid-mbr code.img -partition_cyl_align on",
                CODE + "-isohybrid-mbr code.img -partition_cyl_align off",
                CODE + "-isohybrid-mbr code.img -partition_cyl_align all " + ESP,
                CODE + "-eltorito-alt-boot -e noise -no-emul-boot -isohybrid-gpt-basdat -isohybrid-mbr code.img",
                CODE + "-eltorito-alt-boot -e noise -no-emul-boot -isohybrid-gpt-hfsplus -isohybrid-mbr code.img",
                CODE + "--protective-msdos-label",
                CODE + "--protective-msdos-label -partition_offset 16 " + ESP,
            })
    void complete_discs_are_accepted(String options) {
        var disc = made(options);

        assertThat(disk(Findings.of(disc)).format()).isEqualTo(Format.ISO);
        assertThat(disk(Findings.of(disc)).virtualSizeBytes()).isEqualTo(size(disc));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ESP,
                ESP + START_ESP,
                ESP + "-appended_part_as_gpt",
                ESP + "-appended_part_as_gpt " + START_ESP,
                ESP + "-appended_part_as_apm",
                ESP + "-isohybrid-mbr code.img " + CODE + START_ESP,
            })
    void a_disc_whose_appended_partition_is_cut_off_is_refused(String options) {
        var disc = made("-no-pad " + options);

        assertThat(disk(Findings.of(disc)).format()).isEqualTo(Format.ISO);
        for (var length = size(disc) - (1 << 19); length > 1 << 20; length -= 1 << 17) {
            refused(cut(disc, length), Code.INVALID_IMAGE_FORMAT_TRUNCATED, "is cut off");
        }
    }

    @Test
    void an_appended_partition_in_the_catalogue_boots_uefi() {
        assertThat(disk(Findings.of(made(ESP + CODE + START_ESP))).bootMode()).isEqualTo(BootMode.BOTH);
    }
}
