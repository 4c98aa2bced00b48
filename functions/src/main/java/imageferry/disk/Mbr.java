package imageferry.disk;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The master boot record in a disk's first 512 bytes, as the UEFI specification describes it ("Legacy Master Boot Record").
 * The same signature ends the boot sector of a file system that needs no partitions; its text is in place of the table.
 */
final class Mbr {
    private static final int CODE = 440;
    private static final int TABLE = 446;
    private static final int ENTRY = 16;
    private static final int ENTRIES = 4;
    private static final int ACTIVE = 0x80;

    private static final int EFI_SYSTEM = 0xEF;
    private static final int PROTECTIVE = 0xEE;

    private final Fields sector;

    private Mbr(Fields sector) {
        this.sector = sector.little();
    }

    /** One of the four primary partitions; places and sizes are in sectors. */
    record Partition(int status, int type, long first, long sectors) {}

    static Optional<Mbr> in(Fields head) {
        return head.length() >= 512 && head.u8(510) == 0x55 && head.u8(511) == 0xAA
                ? Optional.of(new Mbr(head))
                : Optional.empty();
    }

    boolean hasCode() {
        return !sector.isZero(0, CODE);
    }

    /** The entries in use; empty when the sector holds something other than a partition table. */
    List<Partition> partitions() {
        var all = IntStream.range(0, ENTRIES)
                .map(number -> TABLE + number * ENTRY)
                .mapToObj(
                        at -> new Partition(sector.u8(at), sector.u8(at + 4), sector.u32(at + 8), sector.u32(at + 12)))
                .toList();
        return all.stream().allMatch(entry -> entry.status() == 0 || entry.status() == ACTIVE)
                ? all.stream().filter(entry -> entry.type() != 0).toList()
                : List.of();
    }

    boolean hasActivePartition() {
        return partitions().stream().anyMatch(entry -> entry.status() == ACTIVE);
    }

    boolean hasEfiSystemPartition() {
        return partitions().stream().anyMatch(entry -> entry.type() == EFI_SYSTEM);
    }

    /** Returns whether it keeps old tools off a disk whose partitions are in a GPT. */
    boolean protectsGpt() {
        return partitions().stream().anyMatch(entry -> entry.type() == PROTECTIVE);
    }

    /** The sector after the last partition; the protective entry of a large disk says nothing of its end. */
    long end() {
        return partitions().stream()
                .filter(entry -> entry.type() != PROTECTIVE || entry.sectors() != 0xFFFF_FFFFL)
                .mapToLong(entry -> entry.first() + entry.sectors())
                .max()
                .orElse(0);
    }
}
