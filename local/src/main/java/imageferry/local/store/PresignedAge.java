package imageferry.local.store;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Refuses an expired presigned URL. */
final class PresignedAge {
    private static final DateTimeFormatter SIGNED_AT =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final long LONGEST_SECONDS = 604_800;

    private PresignedAge() {}

    static Optional<S3Refusal> refusal(Map<String, String> query, Instant now) {
        try {
            if (query.containsKey("X-Amz-Expires")) {
                var seconds = Long.parseLong(query.getOrDefault("X-Amz-Expires", ""));
                if (seconds > LONGEST_SECONDS) {
                    return Optional.of(malformed("X-Amz-Expires must be less than a week (in seconds); that is, the"
                            + " given X-Amz-Expires must be less than 604800 seconds"));
                }
                var signed = SIGNED_AT.parse(query.getOrDefault("X-Amz-Date", ""), Instant::from);
                return over(signed.plusSeconds(seconds), now);
            }
            // The older signature has the moment itself.
            return query.containsKey("AWSAccessKeyId") && query.containsKey("Expires")
                    ? over(Instant.ofEpochSecond(Long.parseLong(query.getOrDefault("Expires", ""))), now)
                    : Optional.empty();
        } catch (NumberFormatException | DateTimeException | ArithmeticException unreadable) {
            return Optional.of(malformed("X-Amz-Expires and X-Amz-Date must be a number of seconds and a time"));
        }
    }

    private static Optional<S3Refusal> over(Instant expires, Instant now) {
        if (!now.isAfter(expires)) {
            return Optional.empty();
        }
        var details = new LinkedHashMap<String, String>();
        details.put("Expires", expires.toString());
        details.put("ServerTime", now.toString());
        return Optional.of(new S3Refusal(403, "AccessDenied", "Request has expired", details, Map.of()));
    }

    private static S3Refusal malformed(String message) {
        return new S3Refusal(400, "AuthorizationQueryParametersError", message, Map.of(), Map.of());
    }
}
