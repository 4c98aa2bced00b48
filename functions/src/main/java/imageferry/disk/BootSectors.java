package imageferry.disk;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The first sectors of a disk, as a firmware reads them.
 *
 * <ul>
 *   <li>UEFI starts from an EFI system partition, in a GPT or in the table of the MBR.
 *   <li>A BIOS runs the code of the MBR. Such code is known to boot only with an active partition, or with a GPT
 *       partition that is for booting from a BIOS or is marked as such.
 *   <li>Code without any of these may be GRUB's or useless: then the boot mode is not known.
 *   <li>No code and no EFI system partition, or no boot signature at all: the disk does not boot.
 * </ul>
 */
final class BootSectors {
    private final @Nullable Mbr mbr;
    private final @Nullable Gpt gpt;

    private BootSectors(@Nullable Mbr mbr, @Nullable Gpt gpt) {
        this.mbr = mbr;
        this.gpt = gpt;
    }

    static BootSectors of(Fields head) {
        return new BootSectors(Mbr.in(head).orElse(null), Gpt.in(head).orElse(null));
    }

    Optional<Mbr> mbr() {
        return Optional.ofNullable(mbr);
    }

    Optional<Gpt> gpt() {
        return Optional.ofNullable(gpt);
    }

    boolean hasPartitions() {
        return gpt != null || (mbr != null && !mbr.partitions().isEmpty());
    }

    /** Returns the boot mode; empty when unknown. */
    Optional<BootMode> bootMode() {
        var hasCode = mbr != null && mbr.hasCode();
        var bios = mbr != null && hasCode && (mbr.hasActivePartition() || (gpt != null && gpt.hasBiosBootPartition()));
        var uefi = (mbr != null && mbr.hasEfiSystemPartition()) || (gpt != null && gpt.hasEfiSystemPartition());
        var told = bios || uefi || !(hasCode || hasUnreadPartitions());
        return told ? Optional.of(BootMode.of(bios, uefi)) : Optional.empty();
    }

    private boolean hasUnreadPartitions() {
        return gpt != null ? !gpt.isWholly() : mbr != null && mbr.protectsGpt();
    }
}
