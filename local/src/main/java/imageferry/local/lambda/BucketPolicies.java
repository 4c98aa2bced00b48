package imageferry.local.lambda;

import imageferry.local.template.BucketStatement;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Decides whether a bucket's policy denies a request of a function, as IAM would. What a policy allows is not needed here: the
 * functions are of the bucket's account, whose roles allow them. A user's requests are not checked, as local mode knows no users.
 */
public final class BucketPolicies {
    /** Denies nothing. */
    public static final BucketPolicies NONE = new BucketPolicies("", Map.of());

    private final String account;
    private final Map<String, List<BucketStatement>> statements;

    /** @param statements by the bucket's name */
    public BucketPolicies(String account, Map<String, List<BucketStatement>> statements) {
        this.account = account;
        this.statements = Map.copyOf(statements);
    }

    /**
     * Returns the reason for a refusal, in one sentence; empty when no statement denies the request.
     *
     * @param function the logical id of the function or state machine; CloudFormation makes its role's name of it
     */
    Optional<String> refusal(String function, String action, String resource) {
        var principal =
                new Principal(account, "arn:aws:iam::" + account + ":role/imageferry-" + function + "Role-local");
        return statements.getOrDefault(bucketOf(resource), List.of()).stream()
                .filter(statement -> !statement.allows() && covers(statement, action, resource, principal))
                .findFirst()
                .map(statement -> "The statement " + statement.sid() + " of the bucket's policy denies " + function
                        + " " + action + " on " + resource);
    }

    private static String bucketOf(String resource) {
        var prefix = "arn:aws:s3:::";
        return resource.startsWith(prefix) ? resource.substring(prefix.length()).split("/", 2)[0] : "";
    }

    private static boolean covers(BucketStatement statement, String action, String resource, Principal principal) {
        var named = statement.resources().stream().anyMatch(one -> matches(principal.in(one), resource));
        return statement.actions().stream()
                        .anyMatch(one -> matches(one.toLowerCase(Locale.ROOT), action.toLowerCase(Locale.ROOT)))
                && named != statement.excludes()
                && statement.conditions().entrySet().stream()
                        .allMatch(operator -> operator.getValue().entrySet().stream()
                                .allMatch(key ->
                                        meets(operator.getKey(), principal.value(key.getKey()), key.getValue())));
    }

    /**
     * Evaluates one condition. A negated operator is met, and any other is not, by a request without the key.
     *
     * @throws IllegalArgumentException for an operator that this does not know, so that no statement is ignored by mistake
     */
    private static boolean meets(String operator, Optional<String> value, List<String> expected) {
        return switch (operator) {
            case "Null" -> expected.contains(Boolean.toString(value.isEmpty()));
            case "Bool", "StringEquals" -> value.filter(expected::contains).isPresent();
            case "StringNotEquals" -> value.filter(expected::contains).isEmpty();
            case "ArnLike", "StringLike" ->
                value.filter(text -> expected.stream().anyMatch(one -> matches(one, text)))
                        .isPresent();
            case "ArnNotLike", "StringNotLike" ->
                value.filter(text -> expected.stream().anyMatch(one -> matches(one, text)))
                        .isEmpty();
            case "NumericGreaterThan" ->
                value.filter(text -> expected.stream().allMatch(one -> Long.parseLong(text) > Long.parseLong(one)))
                        .isPresent();
            default ->
                throw new IllegalArgumentException("Local mode does not know the condition operator " + operator);
        };
    }

    private static boolean matches(String pattern, String text) {
        return Wildcards.pattern(pattern).matcher(text).matches();
    }

    /** The caller. Of the keys of the request itself, functions send none that a policy could name. */
    private record Principal(String account, String arn) {
        String in(String resource) {
            return resource.replace("${aws:PrincipalAccount}", account);
        }

        Optional<String> value(String key) {
            return Optional.ofNullable(
                    switch (key) {
                        case "aws:PrincipalAccount" -> account;
                        case "aws:PrincipalArn" -> arn;
                        case "aws:SecureTransport" -> "true";
                        default -> null;
                    });
        }
    }
}
