package imageferry.copying;

import imageferry.disk.Format;
import org.jspecify.annotations.Nullable;

/**
 * What an owner says of an uploaded disk, to be held against its bytes.
 *
 * @param format what it must turn out to be; {@code raw} also lets through what is not recognised
 * @param checksum the composite SHA-256 that its image must have: base64, a dash, and the number of parts
 */
public record Claim(@Nullable Format format, @Nullable String checksum) {
    /** The bytes may speak for themselves. */
    public static final Claim NONE = new Claim(null, null);

    /** @param format the word of one that is known */
    public static Claim of(@Nullable String format, @Nullable String checksum) {
        return new Claim(format == null ? null : Format.of(format).orElseThrow(), checksum);
    }
}
