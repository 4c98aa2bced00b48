package imageferry.disk;

import org.jspecify.annotations.Nullable;

/**
 * The disk in an uploaded object, as its bytes describe it.
 *
 * @param virtualSizeBytes what a guest sees as the disk's size, at least 1 byte; that of the file for {@code raw} and {@code
 *     iso}
 * @param bootMode what could start it, as {@link BootSectors} and, for {@code iso}, {@link BootCatalogue} decide; null when the
 *     bytes that decide do not tell, or were not looked at
 */
public record Disk(
        Format format, long virtualSizeBytes, @Nullable BootMode bootMode) {
    public Disk {
        if (virtualSizeBytes < 1) {
            throw new IllegalArgumentException("A disk has at least 1 byte, not " + virtualSizeBytes);
        }
    }
}
