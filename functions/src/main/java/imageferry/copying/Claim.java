package imageferry.copying;

import imageferry.disk.Format;
import imageferry.snapshot.Checksum;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The owner's claims about an uploaded disk, to be compared with its bytes.
 *
 * @param format the format that the disk must have; {@code raw} also accepts bytes that are not recognised
 * @param checksum as the owner wrote it: the composite SHA-256 that its image must have, or the plain one of the file
 */
public record Claim(@Nullable Format format, @Nullable String checksum) {
    /** A claim without a format and a checksum. */
    public static final Claim NONE = new Claim(null, null);

    private static final String HEX = "[0-9A-Fa-f]{64}";
    private static final String BASE64 = "[A-Za-z0-9+/]{43}=";

    public static Claim ofChecksum(String checksum) {
        return new Claim(null, checksum);
    }

    /** @param format the name of a known format */
    public static Claim of(@Nullable String format, @Nullable String checksum) {
        return new Claim(format == null ? null : Format.of(format).orElseThrow(), checksum);
    }

    /** Returns whether a text is a composite SHA-256, or a plain one in hex or base64. */
    public static boolean isChecksum(String text) {
        return Checksum.isOne(text) || text.matches(HEX) || text.matches(BASE64);
    }

    /** The composite checksum: base64, a dash, and the number of parts. */
    public Optional<String> composite() {
        return Optional.ofNullable(checksum).filter(Checksum::isOne);
    }

    /** The SHA-256 of the whole file, in base64. */
    public Optional<String> wholeSha256() {
        return Optional.ofNullable(checksum)
                .filter(text -> !Checksum.isOne(text))
                .map(Claim::base64);
    }

    /**
     * A plain SHA-256 in the notation of the claim, so that a person can compare the two. It is in hex, with digits of the same
     * case, where the claim is in hex.
     *
     * @param base64 the SHA-256 in base64
     */
    public String alike(String base64) {
        if (checksum == null || !checksum.matches(HEX)) {
            return base64;
        }
        var hex = HexFormat.of().formatHex(Base64.getDecoder().decode(base64));
        return checksum.equals(checksum.toLowerCase(Locale.ROOT)) ? hex : hex.toUpperCase(Locale.ROOT);
    }

    private static String base64(String text) {
        return text.matches(HEX)
                ? Base64.getEncoder().encodeToString(HexFormat.of().parseHex(text))
                : text;
    }
}
