package imageferry.function.edge;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import imageferry.rule.Code;
import imageferry.rule.Count;
import imageferry.rule.Result;
import imageferry.rule.Violation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;

/** Reads the bodies of requests, against the schemas of the contract. */
public final class Body {
    private static final int LARGEST = 64 * 1024;
    private static final ObjectReader READER = Json.MAPPER
            .reader()
            .with(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private Body() {}

    /**
     * The request's body as that record, or everything that is wrong with it and with the parameters; no body at all is an
     * empty one.
     */
    public static <T> Result<T> read(ApiRequest request, Class<T> type) {
        var violations = new ArrayList<>(new QueryParameters(request).violations());
        var body = bytes(request).then(Body::parse).then(parsed -> {
            var broken = Contract.violations(request.route(), parsed);
            return broken.isEmpty() ? Result.accepted(parsed) : Result.rejected(broken);
        });
        violations.addAll(body.violations());
        return violations.isEmpty() ? body.map(sound -> bound(sound, type)) : Result.rejected(violations);
    }

    /** Insists that there is no body, or an empty one. */
    static Result<JsonNode> none(ApiRequest request) {
        return bytes(request).then(Body::parse).then(body -> {
            var violations = new ArrayList<Violation>();
            body.fieldNames()
                    .forEachRemaining(field -> violations.add(new Violation(
                            Code.UNKNOWN_PARAMETER,
                            field,
                            "",
                            "\"" + field + "\" is not a known field; this request takes no body")));
            return violations.isEmpty() ? Result.accepted(body) : Result.rejected(violations);
        });
    }

    private static Result<byte[]> bytes(ApiRequest request) {
        var body = request.body();
        if (body == null || body.isBlank()) {
            return Result.accepted("{}".getBytes(StandardCharsets.UTF_8));
        }
        byte[] bytes;
        try {
            bytes = request.isBase64Encoded()
                    ? Base64.getDecoder().decode(body)
                    : body.getBytes(StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return malformed("The body is not valid base64, although the gateway marks it as base64");
        }
        return bytes.length <= LARGEST
                ? Result.accepted(bytes)
                : Result.rejected(
                        Code.BODY_TOO_LARGE,
                        "",
                        "",
                        "The body has " + Count.of(bytes.length, "byte") + "; send at most 65,536 (64 KiB)");
    }

    /** JSON that nests deeper than the parser follows breaks its rule nowhere in particular. */
    private static String place(JsonProcessingException e) {
        var place = e.getLocation();
        return place == null ? "" : " at line " + place.getLineNr() + ", column " + place.getColumnNr();
    }

    private static Result<JsonNode> parse(byte[] bytes) {
        try {
            var body = READER.readTree(bytes);
            var halves = Halves.in(body);
            if (!halves.isEmpty()) {
                return Result.rejected(halves);
            }
            return body.isObject()
                    ? Result.accepted(body)
                    : malformed(
                            "The body is JSON but not an object; send one in braces, as {\"region\": \"eu-west-1\"}");
        } catch (JsonProcessingException e) {
            return malformed("The body is not JSON" + place(e) + ": " + e.getOriginalMessage());
        } catch (IOException e) {
            throw new UncheckedIOException("Bytes in memory could not be read", e);
        }
    }

    private static <T> Result<T> malformed(String detail) {
        return Result.rejected(Code.MALFORMED_BODY, "", "", detail);
    }

    /** A body that the contract allows but the record does not take is a defect, not the caller's mistake. */
    private static <T> T bound(JsonNode body, Class<T> type) {
        try {
            return Json.MAPPER.treeToValue(body, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The contract allows what " + type.getName() + " cannot take", e);
        }
    }
}
