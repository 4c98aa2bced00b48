package imageferry.local.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The gateway's own answers. The OpenAPI document's
 * {@code x-amazon-apigateway-gateway-responses} decide status and body, as on AWS; without one it is a plain problem.
 */
final class GatewayResponse {
    private static final String EXTENSION = "x-amazon-apigateway-gateway-responses";
    private static final String HEADER = "gatewayresponse.header.";

    /** AWS's own types, and those that only a server on a developer's machine needs. */
    enum Kind {
        BAD_REQUEST_PARAMETERS(400, "BadRequest", "The request cannot be read."),
        INVALID_ACCOUNT(400, "InvalidAccount", "X-Imageferry-Account must be twelve digits."),
        MISDIRECTED(421, "MisdirectedRequest", "This server answers to localhost, 127.0.0.1 and [::1] only."),
        REQUEST_TOO_LARGE(413, "BodyTooLarge", "The body is too large for the gateway; send at most 64 KiB."),
        INSUFFICIENT_STORAGE(507, "InsufficientStorage", "The disk of the data folder cannot be written."),
        INTEGRATION_FAILURE(502, "InternalServerError", "The function failed; its log says why."),
        INTEGRATION_TIMEOUT(504, "Timeout", "The function did not answer in time.");

        final int status;
        final String code;
        final String detail;

        Kind(int status, String code, String detail) {
            this.status = status;
            this.code = code;
            this.detail = detail;
        }

        /** Returns whether the document decides the response; AWS lets it not change the one for large requests. */
        boolean isCustomizable() {
            return this != INVALID_ACCOUNT
                    && this != MISDIRECTED
                    && this != INSUFFICIENT_STORAGE
                    && this != REQUEST_TOO_LARGE;
        }
    }

    private final JsonNode responses;

    GatewayResponse(JsonNode openApi) {
        this.responses = openApi.path(EXTENSION);
    }

    Reply of(Kind kind, String requestId) {
        return of(kind, kind.detail, requestId);
    }

    /** @param detail a sentence for this request in place of the kind's own */
    Reply of(Kind kind, String detail, String requestId) {
        var declared = kind.isCustomizable() ? declared(kind) : responses.path("");
        var status = declared.path("statusCode").asInt(kind.status);
        var template = declared.path("responseTemplates").properties().stream().findFirst();
        var headers = new LinkedHashMap<String, String>();
        headers.put("Content-Type", template.map(Map.Entry::getKey).orElse("application/problem+json"));
        declared.path("responseParameters").properties().forEach(parameter -> {
            if (parameter.getKey().startsWith(HEADER)) {
                var quoted = parameter.getValue().asText();
                headers.put(parameter.getKey().substring(HEADER.length()), quoted.substring(1, quoted.length() - 1));
            }
        });
        var body = template.map(entry -> filled(entry.getValue().asText(), kind, detail, requestId))
                .orElseGet(() -> plain(kind, status, detail, requestId));
        return Reply.text(status, headers, body);
    }

    private JsonNode declared(Kind kind) {
        var own = responses.path(kind.name());
        return own.isMissingNode() ? responses.path(kind.status < 500 ? "DEFAULT_4XX" : "DEFAULT_5XX") : own;
    }

    private static String filled(String template, Kind kind, String detail, String requestId) {
        return template.replace("$context.error.messageString", quoted(detail))
                .replace("$context.error.message", detail)
                .replace("$context.error.responseType", kind.name())
                .replace("$context.requestId", requestId);
    }

    private static String plain(Kind kind, int status, String detail, String requestId) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("type", "about:blank")
                .put("title", kind.code)
                .put("status", status)
                .put("code", kind.code)
                .put("detail", detail)
                .put("requestId", requestId)
                .toString();
    }

    private static String quoted(String text) {
        return JsonNodeFactory.instance.textNode(text).toString();
    }
}
