package imageferry.disk;

import java.util.Optional;

/**
 * A disk's own bytes, recognised by a master boot record or a GUID partition table; the file must reach the end that
 * they declare.
 */
final class RawDisk {
    private static final int SECTOR = 512;

    private RawDisk() {}

    static Optional<Disk> in(View view) {
        var sectors = BootSectors.of(view.head());
        if (sectors.gpt().isPresent()) {
            requireEnd(view, "its partition table (GPT)", sectors.gpt().get().diskBytes());
        } else if (sectors.mbr().filter(Mbr::protectsGpt).isPresent()) {
            requireEnd(view, "the partition that its MBR protects", endOf(sectors));
            if (!Gpt.endsWithCopy(view)) {
                throw DiskRefused.damaged(
                        "its MBR announces a GUID partition table, but neither that table nor the copy at its end is"
                                + " sound",
                        DiskRefused.EXPORT_AGAIN);
            }
        } else if (sectors.mbr().isPresent()) {
            requireEnd(view, "its last partition", endOf(sectors));
        } else {
            return Optional.empty();
        }
        return Optional.of(of(view));
    }

    /** Accepts any bytes as a disk. */
    static Disk of(View view) {
        return new Disk(
                Format.RAW, view.size(), BootSectors.of(view.head()).bootMode().orElse(null));
    }

    /** Disks with larger sectors end later, never earlier. */
    private static long endOf(BootSectors sectors) {
        return sectors.mbr().map(Mbr::end).orElse(0L) * SECTOR;
    }

    private static void requireEnd(View view, String what, long end) {
        if (end > view.size()) {
            throw DiskRefused.truncated(what, end, view.size());
        }
    }
}
