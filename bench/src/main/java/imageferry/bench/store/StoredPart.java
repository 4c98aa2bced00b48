package imageferry.bench.store;

import java.util.Base64;
import java.util.HexFormat;

/** A part that an upload or an object has. */
public record StoredPart(int number, Content content) {

    /** Without its quotes. */
    public String eTag() {
        return HexFormat.of().formatHex(content.digest("MD5"));
    }

    /** Base64. */
    public String sha256() {
        return Base64.getEncoder().encodeToString(content.digest("SHA-256"));
    }

    public long sizeBytes() {
        return content.length();
    }
}
