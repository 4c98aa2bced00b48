package imageferry.disk;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Files that are not a disk, or a disk in a format that is not imported, known by a signature at their head. The
 * refusal names them and the fix. They are not imported as {@code raw} either.
 *
 * @param at where its signature is
 * @param signature one character for each byte
 * @param what completes "is …"
 */
record Stranger(int at, String signature, String what, String advice) {
    private static final List<Stranger> KNOWN = List.of(
            packed(0, "\u001f\u008b\b", "gzip", "gzip"),
            packed(0, "\u001f\u009d\u0090", "compress", "gzip"),
            packed(0, "\u00fd7zXZ\0", "xz", "xz"),
            packed(0, "(\u00b5/\u00fd", "zstd", "zstd"),
            packed(4, "1AY&SY", "bzip2", "bzip2"),
            packed(0, "\u0004\"M\u0018", "lz4", "lz4"),
            packed(0, "\u0002!L\u0018", "lz4", "lz4"),
            packed(0, "LZIP", "lzip", "lzip"),
            packed(0, "\u0089LZO\0\r\n\u001a\n", "lzop", "lzop"),
            archive(0, "PK\u0003\u0004", "zip", "unzip FILE"),
            archive(0, "PK\u0005\u0006", "zip", "unzip FILE"),
            archive(0, "7z\u00bc\u00af'\u001c", "7z", "7z x FILE"),
            archive(0, "Rar!\u001a\u0007", "RAR", "unrar x FILE"),
            archive(0, "MSCF\0\0\0\0", "Microsoft cabinet", "7z x FILE"),
            archive(257, "ustar", "tar", "tar -xf FILE"),
            archive(0, "070701", "cpio", "cpio -id < FILE"),
            archive(0, "070702", "cpio", "cpio -id < FILE"),
            archive(0, "070707", "cpio", "cpio -id < FILE"),
            archive(0, "xar!", "xar", "xar -xf FILE"),
            archive(0, "VMA\0", "Proxmox VMA", "vma extract FILE NEW"),
            other("\u00ed\u00ab\u00ee\u00db", "an RPM package"),
            other("!<arch>\ndebian", "a Debian package"),
            other("!<arch>\n", "an archive (ar)"),
            image(64, "\u007f\u0010\u00da\u00be", "a VDI", "vdi"),
            image(0, "QED\0", "a QED image", "qed"),
            image(0, "WithoutFreeSpace", "a Parallels disk", "parallels"),
            image(0, "WithouFreSpacExt", "a Parallels disk", "parallels"),
            image(0, "Bochs Virtual HD Image", "a Bochs disk", "bochs"),
            image(0, "#!/bin/sh\n#V2.0 Format\n", "a compressed loop device (cloop)", "cloop"),
            new Stranger(
                    0,
                    ":\u00ff&\u00ed",
                    "an Android sparse image",
                    "make a raw disk of it with `simg2img FILE NEW`, and upload NEW"),
            new Stranger(
                    0,
                    "MSWIM\0\0\0",
                    "a Windows image of files (WIM), not of a disk",
                    "apply it to a disk, and upload that disk"),
            new Stranger(
                    4,
                    "SignedImage ",
                    "a Windows image of a disk (FFU), which is not imported",
                    "apply it to a disk, and upload that disk"),
            new Stranger(
                    0,
                    "vhdsfile",
                    "a VHD Set, whose data are in another file",
                    "export its disk as a VHDX in Hyper-V, and upload that"),
            new Stranger(0, "\u00fe\u00ef\u0001", "a Ghost image (GHO)", "restore it to a disk, and upload that disk"),
            new Stranger(0, "CISO", "a compressed disc (CISO)", "make an ISO of it, and upload that"),
            new Stranger(0, "ZISO", "a compressed disc (ZSO)", "make an ISO of it, and upload that"),
            evidence("EVF\t\r\n\u00ff\0", "EnCase E01", "ewfexport -u -t NEW -f raw FILE"),
            evidence("EVF2\r\n\u0081\0", "EnCase Ex01", "ewfexport -u -t NEW -f raw FILE"),
            evidence("AFF10\r\n\0", "AFF", "affcat FILE > NEW"),
            new Stranger(
                    0,
                    "\0\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\0",
                    "a dump of a CD in sectors of 2,352 bytes",
                    "make an ISO of it, in sectors of 2,048 bytes, and upload that"),
            new Stranger(
                    0,
                    "partclone-image",
                    "a copy of a partition by partclone",
                    "restore it to a disk, and upload that disk"),
            other("\u007fELF", "a program (ELF)"),
            other("%PDF-", "a document (PDF)"),
            other("\u0089PNG\r\n\u001a\n", "a picture (PNG)"),
            other("\u00ff\u00d8\u00ff", "a picture (JPEG)"),
            other("GIF87a", "a picture (GIF)"),
            other("GIF89a", "a picture (GIF)"),
            other("\u00d0\u00cf\u0011\u00e0\u00a1\u00b1\u001a\u00e1", "a document or an installer (OLE)"),
            other("\u00ca\u00fe\u00ba\u00be", "a Java class, or a program for macOS"),
            other("'\u0005\u0019V", "a U-Boot image"),
            other("\u00d0\r\u00fe\u00ed", "a device tree, or a U-Boot image (FIT)"),
            other("ANDROID!", "a boot image of Android"),
            other("VNDRBOOT", "a boot image of Android"),
            other("SQLite format 3\0", "a database (SQLite)"));

    private static final Stranger KERNEL = new Stranger(
            514, "HdrS", "a Linux kernel, or a program that starts like one", "upload a disk that starts it");
    private static final Stranger PROGRAM = other("MZ", "a program for Windows or UEFI");
    private static final Stranger OVA = new Stranger(
            257,
            "ustar",
            "an archive (OVA)",
            "unpack it with `tar -xf FILE`, and upload the disk in it, whose name ends in .vmdk");

    static Stranger packed(int at, String signature, String how, String tool) {
        return new Stranger(
                at,
                signature,
                "compressed (" + how + ")",
                "unpack it with `" + tool + " -dc FILE > NEW`, and upload NEW");
    }

    static Stranger archive(int at, String signature, String how, String command) {
        return new Stranger(
                at,
                signature,
                "an archive (" + how + ")",
                "unpack it with `" + command + "`, and upload the disk in it");
    }

    private static Stranger image(int at, String signature, String what, String driver) {
        return new Stranger(
                at,
                signature,
                what + ", which is not imported",
                "convert it with `qemu-img convert -f " + driver + " -O qcow2 FILE NEW`, and upload NEW");
    }

    private static Stranger evidence(String signature, String how, String command) {
        return new Stranger(
                0,
                signature,
                "a forensic image (" + how + ")",
                "export the disk from it with `" + command + "`, and upload that");
    }

    private static Stranger other(String signature, String what) {
        return new Stranger(0, signature, what + ", not a disk", "upload the disk itself");
    }

    /** The kind of file that was uploaded in place of a disk. Empty when it is unknown or has a partition table. */
    static Optional<DiskRefused> in(View view) {
        var head = view.head();
        if (BootSectors.of(head).hasPartitions()) {
            return Optional.empty();
        }
        if (isOva(head)) {
            return Optional.of(OVA.refused());
        }
        return Stream.concat(KNOWN.stream(), isProgram(head) ? Stream.of(KERNEL, PROGRAM) : Stream.of(KERNEL))
                .filter(one -> head.has(one.at(), one.signature()))
                .findFirst()
                .or(() -> CheckedHeader.in(head))
                .map(Stranger::refused);
    }

    /**
     * Two letters are too few for a signature; the header of a program that can be started today is named behind them.
     */
    private static boolean isProgram(Fields head) {
        var at = head.little().u32(0x3C);
        return at < View.HEAD && head.has((int) at, "PE\0\0");
    }

    private DiskRefused refused() {
        return DiskRefused.unknown("is " + what, advice);
    }

    /** The descriptor comes first in an OVA, after the specification of OVF. */
    private static boolean isOva(Fields head) {
        return head.has(OVA.at(), OVA.signature()) && head.shown(0, 100).endsWith(".ovf");
    }
}
