package imageferry.disk;

import java.util.Optional;

/**
 * The first sectors of a disk, as a firmware reads them.
 *
 * <ul>
 *   <li>UEFI starts from an EFI system partition, in a GPT or in the table of the MBR.
 *   <li>A BIOS runs the code of the MBR. That such code leads anywhere is evident only with an active partition, or with a GPT
 *       partition that is for booting from a BIOS or is marked as such.
 *   <li>Code and none of all this may be GRUB's or nobody's: then the boot mode is not known.
 *   <li>No code and no EFI system partition, or no boot signature at all: nothing starts.
 * </ul>
 */
final class BootSectors {
    private final Optional<Mbr> mbr;
    private final Optional<Gpt> gpt;

    private BootSectors(Optional<Mbr> mbr, Optional<Gpt> gpt) {
        this.mbr = mbr;
        this.gpt = gpt;
    }

    static BootSectors of(Fields head) {
        return new BootSectors(Mbr.in(head), Gpt.in(head));
    }

    Optional<Mbr> mbr() {
        return mbr;
    }

    Optional<Gpt> gpt() {
        return gpt;
    }

    boolean hasPartitions() {
        return gpt.isPresent()
                || mbr.filter(found -> !found.partitions().isEmpty()).isPresent();
    }

    /** Returns the boot mode; empty when unknown. */
    Optional<BootMode> bootMode() {
        var hasCode = mbr.filter(Mbr::hasCode).isPresent();
        var bios = hasCode
                && (mbr.filter(Mbr::hasActivePartition).isPresent()
                        || gpt.filter(Gpt::hasBiosBootPartition).isPresent());
        var uefi = mbr.filter(Mbr::hasEfiSystemPartition).isPresent()
                || gpt.filter(Gpt::hasEfiSystemPartition).isPresent();
        var told = bios || uefi || !(hasCode || hasUnreadPartitions());
        return told ? Optional.of(BootMode.of(bios, uefi)) : Optional.empty();
    }

    private boolean hasUnreadPartitions() {
        return gpt.map(table -> !table.isWholly())
                .orElse(mbr.filter(Mbr::protectsGpt).isPresent());
    }
}
