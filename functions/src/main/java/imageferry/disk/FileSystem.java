package imageferry.disk;

import java.util.List;
import java.util.Optional;

/**
 * A file system, or a part of a store of several disks, that begins at the first byte of a disk without a partition table.
 * It may be meant as a disk, so {@code raw} on the caller's word is imported.
 *
 * @param at where its signature is
 * @param signature one character for each byte
 * @param isReadOnly whether it is a container of files, which nobody uses as a disk
 */
record FileSystem(int at, String signature, String name, boolean isReadOnly) {
    private static final List<FileSystem> KNOWN = List.of(
            new FileSystem(0x438, "S\u00ef", "ext2, ext3 or ext4", false),
            new FileSystem(0, "XFSB", "XFS", false),
            new FileSystem(0x1_0040, "_BHRfS_M", "Btrfs", false),
            new FileSystem(0x1_0034, "ReIsErFs", "ReiserFS", false),
            new FileSystem(0x1_0034, "ReIsEr2Fs", "ReiserFS", false),
            new FileSystem(0x1_0034, "ReIsEr3Fs", "ReiserFS", false),
            new FileSystem(0x8000, "JFS1", "JFS", false),
            new FileSystem(0x4014, "\0\0\0\u0007version\0", "a member of a ZFS pool", false),
            new FileSystem(0x1018, "\u00c6\u0085s\u00f6f\u00ce\u0090\u00a9", "bcachefs", false),
            new FileSystem(0x1018, "\u00c6\u0085s\u00f6N\u001aE\u00ca", "bcachefs, or a member of bcache", false),
            new FileSystem(0x400, "H+\0\u0004", "HFS+", false),
            new FileSystem(0x400, "HX\0\u0005", "HFSX", false),
            new FileSystem(0x20, "NXSB", "APFS", false),
            new FileSystem(0x400, "\u0010 \u00f5\u00f2", "F2FS", false),
            new FileSystem(0x8001, "BEA01", "UDF", false),
            new FileSystem(512, "LABELONE", "a physical volume of LVM", false),
            new FileSystem(0, "LABELONE", "a physical volume of LVM", false),
            new FileSystem(0x1000, "\u00fcN+\u00a9", "a member of a Linux RAID", false),
            new FileSystem(0xFF6, "SWAPSPACE2", "swap space", true),
            new FileSystem(0, "hsqs", "SquashFS", true),
            new FileSystem(0, "sqsh", "SquashFS", true),
            new FileSystem(0, "E=\u00cd(", "cramfs", true),
            new FileSystem(0x400, "\u00e2\u00e1\u00f5\u00e0", "EROFS", true),
            new FileSystem(0, "-rom1fs-", "romfs", true));

    /** Bytes read behind the head, for the superblocks of Btrfs and ReiserFS. */
    private static final int BEHIND = 0x80;

    /** Returns the refusal of a known file system, unless the caller set the format; empty for any other disk. */
    static Optional<DiskRefused> in(View view) {
        var head = view.head();
        var behind = view.size() > View.HEAD ? view.upTo("a superblock", View.HEAD, BEHIND) : Fields.big(new byte[0]);
        return KNOWN.stream()
                .filter(one -> one.at() < View.HEAD
                        ? head.has(one.at(), one.signature())
                        : behind.has(one.at() - View.HEAD, one.signature()))
                .findFirst()
                .map(FileSystem::refused);
    }

    private DiskRefused refused() {
        var what = "is a file system or a part of one (" + name
                + ") without a partition table, so it cannot boot; upload a disk with a boot loader";
        return DiskRefused.unrecognised(
                isReadOnly ? what : what + ", or set the format to raw to import these bytes as they are");
    }
}
