package imageferry.disk;

import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.zip.CRC32;

/** A GUID partition table whose checksum is right, after the UEFI specification ("GUID Partition Table (GPT) Disk Layout"). */
final class Gpt {
    private static final String SIGNATURE = "EFI PART";
    private static final int SMALLEST_HEADER = 92;
    private static final int SMALLEST_ENTRY = 128;
    private static final int[] SECTORS = {512, 4096};
    private static final long LEGACY_BOOTABLE = 1 << 2;

    private static final Guid EFI_SYSTEM = Guid.of("C12A7328-F81F-11D2-BA4B-00A0C93EC93B");
    /** Where GRUB keeps its second stage. */
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
        for (var sectorBytes : SECTORS) {
            if (isHeader(head, sectorBytes)) {
                return Optional.of(
                        new Gpt(head, head.part(sectorBytes, sectorBytes).little(), sectorBytes));
            }
        }
        return Optional.empty();
    }

    /** Whether the copy is there that stands in the disk's last sector. */
    static boolean endsWithCopy(View view) {
        for (var sectorBytes : SECTORS) {
            if (view.size() >= sectorBytes && isHeader(view.last(sectorBytes), 0)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isHeader(Fields piece, int at) {
        if (!piece.has(at, SIGNATURE)) {
            return false;
        }
        var header = piece.part(at, 512).little();
        var length = header.u32(12);
        if (length < SMALLEST_HEADER || length > 512) {
            return false;
        }
        var bytes = header.part(0, (int) length).bytes();
        Arrays.fill(bytes, 16, 20, (byte) 0);
        var crc = new CRC32();
        crc.update(bytes);
        return crc.getValue() == header.u32(16);
    }

    /** How large the disk must be, in bytes: its last sector holds a copy of this table. */
    long diskBytes() {
        var last = Math.max(header.bits64(32), header.bits64(48));
        return last >= 0 && last < Long.MAX_VALUE / sectorBytes - 1 ? (last + 1) * sectorBytes : Long.MAX_VALUE;
    }

    boolean hasEfiSystemPartition() {
        return entries().anyMatch(at -> Guid.at(head, at).equals(EFI_SYSTEM));
    }

    boolean hasBiosBootPartition() {
        return entries()
                .anyMatch(at -> Guid.at(head, at).equals(BIOS_BOOT) || (head.bits64(at + 48) & LEGACY_BOOTABLE) != 0);
    }

    /** Whether all entries lie in the bytes at hand. */
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

    /** Where each entry stands that lies in the bytes at hand. */
    private IntStream entries() {
        return place().stream()
                .flatMap(place -> IntStream.range(0, (int) Math.min(header.u32(80), room(place)))
                        .map(number -> place + number * (int) header.u32(84)));
    }
}
