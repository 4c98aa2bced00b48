package imageferry.local.store;

import com.adobe.testing.s3mock.s3.S3Exception;
import imageferry.snapshot.EncodedWords;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.springframework.http.HttpHeaders;

/**
 * An object's user metadata as S3 returns them: keys in lower case, values in printable ASCII.
 */
final class UserMetadata {
    static final String PREFIX = "x-amz-meta-";

    /** In bytes of UTF-8, keys and values together. */
    private static final int MOST = 2048;

    private UserMetadata() {}

    /** By whole header names; several headers of one name are one, as HTTP joins them. */
    static Map<String, String> of(HttpHeaders headers) {
        var metadata = new LinkedHashMap<String, String>();
        var size = 0;
        for (var header : headers.headerSet()) {
            var name = header.getKey().toLowerCase(Locale.ROOT);
            if (name.startsWith(PREFIX)) {
                var value = EncodedWords.decode(String.join(",", header.getValue()));
                size += bytes(name.substring(PREFIX.length())).length + bytes(value).length;
                metadata.put(name, encoded(value));
            }
        }
        if (size > MOST) {
            throw new S3Exception(
                    400, "MetadataTooLarge", "Your metadata headers exceed the maximum allowed metadata size");
        }
        return metadata;
    }

    private static String encoded(String value) {
        var printable =
                value.chars().allMatch(character -> (character >= ' ' && character <= '~') || character == '\t');
        return printable ? value : "=?UTF-8?B?" + Base64.getEncoder().encodeToString(bytes(value)) + "?=";
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
