package imageferry.disk;

import java.util.Optional;

/** Apple's disk image (UDIF), known by the trailer in its last 512 bytes. */
final class Dmg {
    private static final int TRAILER = 512;

    private Dmg() {}

    static Optional<DiskRefused> in(View view) {
        var tail = view.tail();
        var at = tail.length() - TRAILER;
        return at >= 0 && tail.has(at, "koly\0\0\0\u0004\0\0\u0002\0")
                ? Optional.of(DiskRefused.unknown(
                        "is a disk image of macOS (DMG), which is not imported",
                        "convert it with `qemu-img convert -f dmg -O qcow2 FILE NEW`, and upload NEW"))
                : Optional.empty();
    }
}
