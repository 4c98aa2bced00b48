package imageferry.disk;

import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.zip.CRC32;

/**
 * A GUID partition table, after the UEFI specification ("GUID Partition Table (GPT) Disk Layout"). It counts when its header
 * names its own place and both checksums are right; that of entries outside the bytes at hand is not looked at.
 */
final class Gpt {
    private static final String SIGNATURE = "EFI PART";
    private static final int SMALLEST_HEADER = 92;
    private static final int SMALLEST_ENTRY = 128;
    private static final int[] SECTORS = {512, 1024, 2048, 4096};
    private static final long LEGACY_BOOTABLE = 1 << 2;

    private static final Guid EFI_SYSTEM = Guid.of("C12A7328-F81F-11D2-BA4B-00A0C93EC93B");
    /** The type of the partition with GRUB's second stage. */
    private static final Guid BIOS_BOOT = Guid.of("21686148-6449-6E6F-744E-656564454649");

    private final Fields head;
    private final Fields header;
    private final int sectorBytes;

    private Gpt(Fields head, Fields header, int sectorBytes) {
        this.head = head.little();
        this.header = header;
        this.sectorBytes = sectorBytes;
    }

    /** The primary one, in the second sector of the disk, whichever size its sectors have. */
    static Optional<Gpt> in(Fields head) {
        return Arrays.stream(SECTORS)
                .filter(sectorBytes -> head.has(sectorBytes, SIGNATURE))
                .mapToObj(sectorBytes ->
                        new Gpt(head, head.part(sectorBytes, sectorBytes).little(), sectorBytes))
                .filter(table -> table.hasSoundHeader(1)
                        && (!table.isWholly()
                                || table.hasSoundEntries(
                                        table.head, table.place().orElseThrow())))
                .findFirst();
    }

    /** Returns whether the disk ends with a valid copy of its table. */
    static boolean endsWithCopy(View view) {
        return Arrays.stream(SECTORS)
                .filter(sectorBytes -> view.size() >= 2L * sectorBytes && view.size() % sectorBytes == 0)
                .anyMatch(sectorBytes -> endsWithCopy(view, sectorBytes));
    }

    private static boolean endsWithCopy(View view, int sectorBytes) {
        var last = view.size() / sectorBytes - 1;
        var header = view.at("its last sector", last * sectorBytes, sectorBytes).little();
        var table = new Gpt(header, header, sectorBytes);
        if (!table.hasSoundHeader(last)) {
            return false;
        }
        var length = table.entriesBytes();
        var sector = header.bits64(72);
        return length > 0
                && length <= View.LONGEST
                && sector > 0
                && sector <= (view.size() - length) / sectorBytes
                && table.hasSoundEntries(view.at("its entries", sector * sectorBytes, (int) length), 0);
    }

    private boolean hasSoundHeader(long sector) {
        var length = header.u32(12);
        if (!header.has(0, SIGNATURE) || length < SMALLEST_HEADER || length > sectorBytes) {
            return false;
        }
        var bytes = header.part(0, (int) length).bytes();
        Arrays.fill(bytes, 16, 20, (byte) 0);
        return crc(bytes, 0, bytes.length) == header.u32(16) && header.bits64(24) == sector;
    }

    private boolean hasSoundEntries(Fields piece, int at) {
        return crc(piece.bytes(), at, (int) entriesBytes()) == header.u32(88);
    }

    private static long crc(byte[] bytes, int at, int length) {
        var crc = new CRC32();
        crc.update(bytes, at, length);
        return crc.getValue();
    }

    /** Returns the size of the entries in bytes; the largest number when no known writer makes such a table. */
    private long entriesBytes() {
        var entries = header.u32(80);
        var entryBytes = header.u32(84);
        return entries > View.LONGEST || entryBytes > View.LONGEST || entryBytes < SMALLEST_ENTRY
                ? Long.MAX_VALUE
                : entries * entryBytes;
    }

    /**
     * Returns the minimum size of the disk in bytes: its last sector holds a copy of this table, and no partition is
     * behind it.
     */
    long diskBytes() {
        var last = LongStream.concat(LongStream.of(header.bits64(32), header.bits64(48)), ends())
                .reduce(0, (one, other) -> Long.compareUnsigned(one, other) > 0 ? one : other);
        return last >= 0 && last < Long.MAX_VALUE / sectorBytes - 1 ? (last + 1) * sectorBytes : Long.MAX_VALUE;
    }

    /** The last sector of each partition in the bytes that were read. */
    private LongStream ends() {
        return entries().filter(at -> !Guid.at(head, at).isZero()).mapToLong(at -> head.bits64(at + 40));
    }

    boolean hasEfiSystemPartition() {
        return entries().anyMatch(at -> Guid.at(head, at).equals(EFI_SYSTEM));
    }

    boolean hasBiosBootPartition() {
        return entries()
                .anyMatch(at -> Guid.at(head, at).equals(BIOS_BOOT) || (head.bits64(at + 48) & LEGACY_BOOTABLE) != 0);
    }

    /** Returns whether the bytes that were read contain all entries. */
    boolean isWholly() {
        return place().stream().anyMatch(place -> header.u32(80) <= room(place));
    }

    private OptionalInt place() {
        var sector = header.bits64(72);
        return sector > 0 && sector < head.length() / sectorBytes && header.u32(84) >= SMALLEST_ENTRY
                ? OptionalInt.of((int) sector * sectorBytes)
                : OptionalInt.empty();
    }

    private long room(int place) {
        return (head.length() - place) / header.u32(84);
    }

    /** The offset of each entry in the bytes that were read. */
    private IntStream entries() {
        return place().stream()
                .flatMap(place -> IntStream.range(0, (int) Math.min(header.u32(80), room(place)))
                        .map(number -> place + number * (int) header.u32(84)));
    }
}
