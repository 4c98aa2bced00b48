package imageferry.local.store;

import com.adobe.testing.s3mock.s3.S3Exception;
import com.adobe.testing.s3mock.s3.dto.CopySource;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriUtils;

/**
 * A path-style request to S3: its bucket, key, parameters and signature.
 *
 * @param bucket empty for a request to the service
 * @param key empty for a request to a bucket
 * @param query each parameter's first value; empty for one without a value
 * @param copySource the object that the request copies from; null if it copies none
 * @param comparing whether it has a condition on the object's ETag
 * @param customerKey the hash of the uploader's own key, of the object that is read
 */
record S3Call(
        String method,
        String bucket,
        String key,
        Map<String, String> query,
        @Nullable CopySource copySource,
        boolean tagged,
        boolean comparing,
        @Nullable String customerKey,
        Signature signature) {
    private static final String CUSTOMER_KEY = "server-side-encryption-customer-key-md5";

    /** @throws S3Exception when its path or query cannot be decoded */
    static S3Call of(HttpServletRequest request) {
        var path = decoded(request.getRequestURI().substring(1));
        var slash = path.indexOf('/');
        var query = queryOf(request.getQueryString());
        var inHeader = Signature.ofHeader(request.getHeader("Authorization"));
        return new S3Call(
                request.getMethod(),
                slash < 0 ? path : path.substring(0, slash),
                slash < 0 ? "" : path.substring(slash + 1),
                query,
                sourceOf(request.getHeader("x-amz-copy-source")),
                request.getHeader("x-amz-tagging") != null,
                request.getHeader("If-Match") != null,
                request.getHeader((request.getHeader("x-amz-copy-source") == null ? "x-amz-" : "x-amz-copy-source-")
                        + CUSTOMER_KEY),
                inHeader.isSigned() ? inHeader : Signature.ofQuery(query));
    }

    boolean has(String parameter) {
        return query.containsKey(parameter);
    }

    /**
     * Read by hand: asking the servlet for a parameter could make it read the body as a form.
     *
     * @throws S3Exception when it cannot be decoded
     */
    static Map<String, String> queryOf(String queryString) {
        var query = new LinkedHashMap<String, String>();
        for (var pair : queryString == null ? new String[0] : queryString.split("&", -1)) {
            var equals = pair.indexOf('=');
            var name = equals < 0 ? pair : pair.substring(0, equals);
            var value = equals < 0 ? "" : pair.substring(equals + 1).replace("+", "%20");
            query.putIfAbsent(decoded(name), decoded(value));
        }
        return Collections.unmodifiableMap(query);
    }

    private static String decoded(String encoded) {
        try {
            return UriUtils.decode(encoded, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            throw new S3Exception(400, "InvalidURI", "Couldn't parse the specified URI.");
        }
    }

    private static @Nullable CopySource sourceOf(@Nullable String header) {
        try {
            return header == null ? null : CopySource.from(header);
        } catch (IllegalArgumentException malformed) {
            throw S3Refusal.invalidArgument(
                    "Copy Source must mention the source bucket and key: sourcebucket/sourcekey");
        }
    }
}
