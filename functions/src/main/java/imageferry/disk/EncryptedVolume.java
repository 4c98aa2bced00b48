package imageferry.disk;

import java.util.Optional;

/** A volume that is encrypted as a whole. */
final class EncryptedVolume {
    private static final String LUKS = "LUKS\u00ba\u00be";
    private static final String BIT_LOCKER = "-FVE-FS-";

    private EncryptedVolume() {}

    static Optional<DiskRefused> in(View view) {
        var head = view.head();
        if (head.has(0, LUKS)) {
            return Optional.of(DiskRefused.encrypted(
                    "LUKS " + head.u16(6),
                    head.u16(6) == 1
                            ? Qcow2Header.decrypt("luks,key-secret=key")
                            : "open it with `cryptsetup open FILE NAME`, and upload what is in /dev/mapper/NAME"));
        }
        return head.has(3, BIT_LOCKER)
                ? Optional.of(DiskRefused.encrypted("BitLocker", "turn BitLocker off, and upload the disk then"))
                : Optional.empty();
    }
}
