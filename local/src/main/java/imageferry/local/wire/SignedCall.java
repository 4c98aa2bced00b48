package imageferry.local.wire;

import com.fasterxml.jackson.databind.JsonNode;
import imageferry.local.machine.definition.Json;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A call with the data of its signature. The signature itself is not verified: every key of local mode is public. */
record SignedCall(String accessKeyId, String region, String operation, JsonNode body) {
    private static final Pattern CREDENTIAL =
            Pattern.compile("AWS4-HMAC-SHA256 Credential=([^/\\s]+)/\\d{8}/([^/\\s]+)/[^/\\s]+/aws4_request,.*");

    static SignedCall of(@Nullable String authorization, String operation, String text) {
        var credential = CREDENTIAL.matcher(authorization == null ? "" : authorization);
        if (!credential.matches()) {
            throw new WireError(403, "MissingAuthenticationTokenException", "The call is not signed.");
        }
        try {
            var body = Json.read(text);
            if (body.isObject()) {
                return new SignedCall(credential.group(1), credential.group(2), operation, body);
            }
        } catch (IllegalArgumentException e) {
            throw new WireError(
                    "SerializationException", text.isEmpty() ? "The body is empty." : "The body is not JSON.");
        }
        throw new WireError("SerializationException", "The body is not a JSON object.");
    }

    String required(String member) {
        return optional(member)
                .orElseThrow(() -> new WireError("ValidationException", "The member " + member + " is missing."));
    }

    Optional<String> optional(String member) {
        return Optional.ofNullable(body.get(member))
                .filter(value -> !value.isNull())
                .map(value -> {
                    if (!value.isTextual()) {
                        throw new WireError("SerializationException", "The member " + member + " is not a string.");
                    }
                    return value.textValue();
                });
    }

    /** Checks the permission, as AWS does before it looks up the resource. */
    void check(CallAccessCheck accessCheck, String action, String resourceArn) {
        accessCheck.refusal(accessKeyId, action, resourceArn).ifPresent(reason -> {
            throw new WireError("AccessDeniedException", reason);
        });
    }
}
