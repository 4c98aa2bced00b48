package imageferry.disk;

import imageferry.rule.Count;

/**
 * The header of QEMU's copy-on-write format, versions 2 and 3, after "The qcow2 image format" ({@code docs/interop/qcow2} of
 * QEMU).
 *
 * @param entryBytes the size of an entry in a second table: 16 where it has a bitmap of parts of the cluster, otherwise 8
 * @param referenceOrder a count of references has 2 to the power of this many bits
 * @param isDeflated whether compressed clusters are deflated, and not packed with zstd
 * @param isDirty whether the counts of references may be behind
 */
record Qcow2Header(
        boolean isVersion2,
        int clusterBits,
        long virtualSizeBytes,
        long firstTable,
        long firstEntries,
        long references,
        long referenceClusters,
        int referenceOrder,
        int entryBytes,
        boolean isDeflated,
        boolean isDirty) {
    private static final int LENGTH_OF_VERSION_2 = 72;
    private static final int LENGTH_OF_VERSION_3 = 104;

    private static final long DIRTY = 1;
    private static final long CORRUPT = 1 << 1;
    private static final long EXTERNAL_DATA = 1 << 2;
    private static final long COMPRESSION_TYPE = 1 << 3;
    private static final long EXTENDED_L2 = 1 << 4;
    /** Later features may change the meaning of anything. */
    private static final long UNDERSTOOD = (1 << 5) - 1;

    private static final int ZSTD = 1;
    /** QEMU opens no larger tables. */
    private static final long LONGEST_FIRST_TABLE = 32 << 20;

    private static final long LONGEST_REFERENCES = 8 << 20;
    private static final int EXTENSION = 8;
    private static final int PARTS_OF_CLUSTER = 32;
    private static final int SMALLEST_PART = 512;

    static final String REPAIR = "repair it with `qemu-img check -r all FILE`, and upload FILE again";

    static Qcow2Header in(View view) {
        var version = view.head().u32(4);
        if (version != 2 && version != 3) {
            throw DiskRefused.unknown("is a qcow image of version " + version + ", not 2 or 3", DiskRefused.CONVERT);
        }
        var fields = view.at("its header", 0, version == 2 ? LENGTH_OF_VERSION_2 : LENGTH_OF_VERSION_3);
        var features = version == 2 ? 0 : fields.bits64(72);
        refuseWhatCannotBoot(view.head(), fields, features);
        var header = of(fields, version == 2, features, compressionType(view.head(), fields, version));
        header.requireSense(view, fields);
        return header;
    }

    private static Qcow2Header of(Fields fields, boolean isVersion2, long features, int compressionType) {
        if (((features & COMPRESSION_TYPE) != 0) != (compressionType != 0) || compressionType > ZSTD) {
            throw DiskRefused.unknown(
                    "is a qcow2 image with the compression type " + compressionType
                            + ", which does not fit its features or is not known here",
                    DiskRefused.EXPORT_AGAIN);
        }
        var bits = fields.u32(20);
        if (bits < 9 || bits > 21) {
            throw damaged("its header gives the cluster size 2^" + bits + ", not 2^9 to 2^21 bytes");
        }
        var order = isVersion2 ? 4 : fields.u32(96);
        if (order > 6) {
            throw damaged("its header gives the reference size 2^" + order + ", not up to 2^6 bits");
        }
        return new Qcow2Header(
                isVersion2,
                (int) bits,
                fields.u63(24, "its size"),
                fields.u63(40, "the place of its first table"),
                fields.u32(36),
                fields.u63(48, "the place of its table of references"),
                fields.u32(56),
                (int) order,
                (features & EXTENDED_L2) != 0 ? 16 : 8,
                compressionType == 0,
                (features & DIRTY) != 0);
    }

    private static int compressionType(Fields head, Fields fields, long version) {
        return version == 3 && fields.u32(100) > LENGTH_OF_VERSION_3 ? head.u8(LENGTH_OF_VERSION_3) : 0;
    }

    private static void refuseWhatCannotBoot(Fields head, Fields fields, long features) {
        if (fields.bits64(8) != 0) {
            var at = fields.bits64(8);
            var length = (int) Math.min(fields.u32(16), View.HEAD);
            var named = at > 0 && at < View.HEAD ? head.shown((int) at, length) : "";
            throw DiskRefused.backed("a qcow2 image", named, DiskRefused.CONVERT_BOTH);
        }
        if (fields.u32(32) != 0) {
            var method = fields.u32(32) == 1 ? "AES" : "LUKS";
            throw DiskRefused.encrypted("qcow2 with " + method, decrypt("qcow2,encrypt.key-secret=key"));
        }
        if ((features & EXTERNAL_DATA) != 0) {
            throw DiskRefused.split(
                    "it is a qcow2 image whose data are in another file",
                    "keep both beside each other, make one file of them with `qemu-img convert -O qcow2 FILE NEW`, and"
                            + " upload NEW");
        }
        if ((features & CORRUPT) != 0) {
            throw DiskRefused.damaged("QEMU marked this qcow2 image as corrupt", REPAIR);
        }
        if ((features & ~UNDERSTOOD) != 0) {
            throw DiskRefused.unknown(
                    "is a qcow2 image with features that are not known here (incompatible bits 0x"
                            + Long.toHexString(features & ~UNDERSTOOD) + ")",
                    "make one without them with the tool that wrote it, and upload that");
        }
    }

    /** @param driver of qemu-img, with the option that takes the key */
    static String decrypt(String driver) {
        return "decrypt it with `qemu-img convert --object secret,id=key,file=KEYFILE --image-opts driver=" + driver
                + ",file.filename=FILE -O qcow2 NEW` (KEYFILE holds the passphrase), and upload NEW";
    }

    long clusterBytes() {
        return 1L << clusterBits;
    }

    /** Returns the size of its table of references in bytes. */
    long referencesBytes() {
        return referenceClusters * clusterBytes();
    }

    private void requireSense(View view, Fields fields) {
        if (virtualSizeBytes == 0) {
            throw DiskRefused.empty("is a qcow2 image of a disk of 0 bytes");
        }
        var length = isVersion2 ? LENGTH_OF_VERSION_2 : fields.u32(100);
        if (!isVersion2 && (length < LENGTH_OF_VERSION_3 || length > clusterBytes() || length % EXTENSION != 0)) {
            throw damaged("its header has %s, not a multiple of 8 from 104 to %s"
                    .formatted(Count.of(length, "byte"), Count.of(clusterBytes())));
        }
        if (entryBytes == 16 && clusterBytes() < PARTS_OF_CLUSTER * SMALLEST_PART) {
            throw damaged("its clusters of " + Count.of(clusterBytes(), "byte") + " are too small for extended tables");
        }
        requireTable(view, "its first table", firstTable, firstEntries * 8, LONGEST_FIRST_TABLE);
        var needed = Math.ceilDiv(Math.ceilDiv(virtualSizeBytes, clusterBytes()), clusterBytes() / entryBytes);
        if (firstEntries < needed) {
            throw damaged("its first table has %s, and its size needs %s"
                    .formatted(Count.of(firstEntries, "entry", "entries"), Count.of(needed)));
        }
        if (referenceClusters == 0) {
            throw DiskRefused.damaged("it has no table of references", REPAIR);
        }
        requireTable(view, "its table of references", references, referencesBytes(), LONGEST_REFERENCES);
        requireExtensions(view.head(), length);
        requireTable(view, "its table of snapshots", fields.u63(64, "the place of its snapshots"), 0, 0);
        Qcow2Snapshots.require(view, fields.u63(64, "the place of its snapshots"), fields.u32(60));
    }

    /** Each has 8 bytes of type and length, and ends at a multiple of 8; the first of type 0 ends the list. */
    private void requireExtensions(Fields head, long first) {
        var at = first;
        var isLast = false;
        while (!isLast && at + EXTENSION <= Math.min(clusterBytes(), View.HEAD)) {
            var length = head.u32((int) at + 4);
            if (length > clusterBytes() - at - EXTENSION) {
                throw damaged("an extension of its header has " + Count.of(length, "byte")
                        + " and does not fit in a cluster");
            }
            isLast = head.u32((int) at) == 0;
            at += EXTENSION + Math.ceilDiv(length, EXTENSION) * EXTENSION;
        }
    }

    private void requireTable(View view, String what, long at, long length, long longest) {
        if (at % clusterBytes() != 0) {
            throw damaged(what + " is at byte " + Count.of(at) + ", which is not a multiple of the cluster size");
        }
        if (length > longest) {
            throw damaged("%s has %s, more than %s".formatted(what, Count.of(length, "byte"), Count.of(longest)));
        }
        view.requireWithin(what, at, length);
    }

    private static DiskRefused damaged(String how) {
        return DiskRefused.damaged(how, DiskRefused.EXPORT_AGAIN);
    }
}
