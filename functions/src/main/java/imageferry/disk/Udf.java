package imageferry.disk;

/** The second file system that many discs have beside ISO 9660, after ECMA-167; its volume may be the larger one. */
final class Udf {
    private static final int SECTOR = 2048;
    private static final int ANCHOR = 256 * SECTOR;
    private static final int ANCHOR_TAG = 2;
    private static final int PARTITION_TAG = 5;
    private static final int TERMINATOR_TAG = 8;
    private static final int LONGEST_SEQUENCE = 64 * SECTOR;

    private Udf() {}

    /**
     * Checks that the file has all its partitions.
     *
     * @param after the offset behind the descriptors of ISO 9660, where UDF is declared
     */
    static void require(View view, int after) {
        var head = view.head();
        if (head.has(after + 1, "BEA01")
                && (head.has(after + SECTOR + 1, "NSR02") || head.has(after + SECTOR + 1, "NSR03"))) {
            var anchor = view.at("the anchor of its UDF volume", ANCHOR, SECTOR).little();
            if (anchor.u16(0) == ANCHOR_TAG) {
                requirePartitions(
                        view,
                        view.upTo(
                                        "the description of its UDF volume",
                                        anchor.u32(20) * SECTOR,
                                        Math.clamp(anchor.u32(16), 1, LONGEST_SEQUENCE))
                                .little());
            }
        }
    }

    private static void requirePartitions(View view, Fields sequence) {
        for (var at = 0; at + SECTOR <= sequence.length(); at += SECTOR) {
            if (sequence.u16(at) == TERMINATOR_TAG) {
                return;
            }
            if (sequence.u16(at) == PARTITION_TAG) {
                view.requireWithin(
                        "the partition of its UDF volume",
                        sequence.u32(at + 188) * SECTOR,
                        sequence.u32(at + 192) * SECTOR);
            }
        }
    }
}
