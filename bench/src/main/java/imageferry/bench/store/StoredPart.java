package imageferry.bench.store;

import java.util.Base64;
import java.util.HexFormat;

/** Part of an upload or of an object. */
public record StoredPart(int number, Content content) {
    /** Returns the ETag without quotes. */
    public String eTag() {
        return HexFormat.of().formatHex(content.digest("MD5"));
    }

    /** Returns the SHA-256 in Base64. */
    public String sha256() {
        return Base64.getEncoder().encodeToString(content.digest("SHA-256"));
    }

    public long sizeBytes() {
        return content.length();
    }
}
