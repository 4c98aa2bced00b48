package imageferry.function.edge;

import imageferry.rule.Code;
import imageferry.rule.Violation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A refusal as callers see it (RFC 9457), and the only place that knows HTTP statuses of codes.
 *
 * @param type a stable, relative URI for each code
 * @param code the first violation's; the status and the detail are its, too
 * @param violations every broken rule, not just the first
 */
public record Problem(
        String type,
        String title,
        int status,
        String code,
        String detail,
        @Nullable List<Broken> violations,
        String requestId) {
    /** One broken rule; field and value are absent where there is nothing to name. */
    public record Broken(
            String code, @Nullable String field, @Nullable String value, String detail) {
        private static Broken of(Violation violation) {
            return new Broken(
                    violation.code().toString(),
                    violation.field().isEmpty() ? null : violation.field(),
                    violation.value().isEmpty() ? null : violation.value(),
                    violation.detail());
        }
    }

    /** @param violations at least one */
    static Problem of(List<Violation> violations, String requestId) {
        var first = violations.getFirst();
        var code = first.code();
        return new Problem(
                type(code.toString()),
                title(code.kind()),
                status(code.kind()),
                code.toString(),
                first.detail(),
                violations.stream().map(Broken::of).toList(),
                requestId);
    }

    /** An outage of a service that we need; nothing is known to be wrong with the request. */
    static Problem unavailable(String requestId) {
        return new Problem(
                type("ServiceUnavailable"),
                "Imageferry is temporarily unavailable",
                503,
                "ServiceUnavailable",
                "A service that Imageferry depends on is busy or unreachable. Send the request again in a few seconds,"
                        + " with the same client token if it had one",
                null,
                requestId);
    }

    /** A bucket, a key or a role was changed after the templates created it; only the operator can fix that. */
    static Problem refusedByStore(@Nullable String sentence, String requestId) {
        return new Problem(
                type("StoreRefused"),
                "Imageferry is misconfigured",
                502,
                "StoreRefused",
                sentence + ". Tell the operator the request id " + requestId
                        + ": a bucket, a key or a role is missing, or was changed after the templates created it",
                null,
                requestId);
    }

    /** A defect of ours; operators find it in the log by the request id. */
    static Problem defect(String requestId) {
        return new Problem(
                type("InternalError"),
                "Imageferry failed",
                500,
                "InternalError",
                "The request could not be handled. Tell the operator the request id " + requestId,
                null,
                requestId);
    }

    static int status(Code.Kind kind) {
        return switch (kind) {
            case MALFORMED -> 400;
            case FORBIDDEN -> 403;
            case MISSING -> 404;
            case CONFLICT -> 409;
            case TOO_LARGE -> 413;
        };
    }

    private static String title(Code.Kind kind) {
        return switch (kind) {
            case MALFORMED -> "The request is not well formed";
            case FORBIDDEN -> "The caller may not do this";
            case MISSING -> "Not found";
            case CONFLICT -> "The current state does not allow this";
            case TOO_LARGE -> "The request is too large";
        };
    }

    private static String type(String code) {
        return "/problems/" + code;
    }
}
