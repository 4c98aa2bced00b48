package imageferry.disk;

import org.jspecify.annotations.Nullable;

/**
 * The disk in an uploaded object, as its bytes describe it.
 *
 * @param virtualSizeBytes the size that a guest sees, at least 1 byte; that of the file for {@code raw} and {@code iso}
 * @param bootMode the firmware that could start it, according to {@link BootSectors} or, for {@code iso}, {@link
 *     BootCatalogue}; null when it is unknown or was not examined
 */
public record Disk(
        Format format, long virtualSizeBytes, @Nullable BootMode bootMode) {
    public Disk {
        if (virtualSizeBytes < 1) {
            throw new IllegalArgumentException("A disk has at least 1 byte, not " + virtualSizeBytes);
        }
    }
}
