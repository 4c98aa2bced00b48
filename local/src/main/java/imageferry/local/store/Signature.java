package imageferry.local.store;

import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The signer of a request, and the region that it is signed for. Nothing is verified: local mode accepts any credentials.
 *
 * @param accessKeyId empty for an unsigned request
 * @param region empty when the signature names none (older signatures do not)
 */
record Signature(String accessKeyId, String region) {
    private static final Signature NONE = new Signature("", "");
    private static final Pattern HEADER = Pattern.compile("Credential=([^/,\\s]+)/[^/]*/([^/]*)/");
    private static final Pattern QUERY = Pattern.compile("([^/]+)/[^/]*/([^/]*)/.*");
    private static final Pattern VERSION_2 = Pattern.compile("AWS ([^:]+):.*");

    static Signature ofHeader(@Nullable String authorization) {
        if (authorization == null) {
            return NONE;
        }
        var version4 = HEADER.matcher(authorization);
        if (version4.find()) {
            return new Signature(version4.group(1), version4.group(2));
        }
        var version2 = VERSION_2.matcher(authorization);
        return version2.matches() ? new Signature(version2.group(1), "") : NONE;
    }

    static Signature ofQuery(Map<String, String> query) {
        var version4 = QUERY.matcher(query.getOrDefault("X-Amz-Credential", ""));
        if (version4.matches()) {
            return new Signature(version4.group(1), version4.group(2));
        }
        return new Signature(query.getOrDefault("AWSAccessKeyId", ""), "");
    }

    boolean isSigned() {
        return !accessKeyId.isEmpty();
    }
}
