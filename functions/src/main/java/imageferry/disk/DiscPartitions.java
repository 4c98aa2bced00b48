package imageferry.disk;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The partition tables of a disc that is a memory stick as well: an MBR, a GPT, an Apple partition map. Partitions
 * behind the volume are part of the disc. A partition of the volume itself may be rounded up to whole cylinders.
 */
final class DiscPartitions {
    private static final int SECTOR = 512;
    private static final int CYLINDER = 255 * 63 * SECTOR;
    private static final long UP_TO_ANY_END = 0xFFFF_FFFFL;

    private static final int[] APPLE_BLOCKS = {512, 1024, 2048};
    private static final String APPLE = "PM";
    private static final int MOST_APPLE_ENTRIES = 63;

    private final View view;
    private final long volumeBytes;

    private DiscPartitions(View view, long volumeBytes) {
        this.view = view;
        this.volumeBytes = volumeBytes;
    }

    /** @throws DiskRefused when one of the tables names something that the file does not have */
    static void require(View view, long volumeBytes) {
        var tables = new DiscPartitions(view, volumeBytes);
        Mbr.in(view.head()).ifPresent(tables::require);
        Gpt.in(view.head())
                .ifPresent(gpt -> view.requireWithin("the partition table (GPT) of the disc", 0, gpt.diskBytes()));
        tables.requireApple(view.head());
    }

    private void require(Mbr mbr) {
        mbr.partitions().stream()
                .filter(partition -> partition.sectors() != UP_TO_ANY_END)
                .forEach(partition -> requirePartition(
                        "a partition of its MBR", partition.first() * SECTOR, partition.sectors() * SECTOR));
    }

    private void requireApple(Fields head) {
        Arrays.stream(APPLE_BLOCKS)
                .filter(blockBytes -> head.has(blockBytes, APPLE))
                .findFirst()
                .ifPresent(blockBytes -> IntStream.rangeClosed(
                                1, (int) Math.min(head.u32(blockBytes + 4), MOST_APPLE_ENTRIES))
                        .map(number -> number * blockBytes)
                        .filter(at -> at + blockBytes <= head.length() && head.has(at, APPLE))
                        .filter(at -> !head.has(at + 48, "Apple_Free"))
                        .forEach(at -> requirePartition(
                                "a partition of its Apple partition map",
                                head.u32(at + 8) * blockBytes,
                                head.u32(at + 12) * blockBytes)));
    }

    private void requirePartition(String what, long first, long length) {
        var needed = first < volumeBytes ? Math.max(0, length - CYLINDER) : length;
        if (first + needed > view.size()) {
            throw DiskRefused.truncated(what, first + length, view.size());
        }
    }
}
