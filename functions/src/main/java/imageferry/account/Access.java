package imageferry.account;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toUnmodifiableSet;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The accounts that may call, and the operator's principals that decide tickets and publish. It is the second lock behind
 * the policy of the API, which changes only when the API is deployed.
 *
 * @param allowed ids of accounts and organizations, or {@link #ANYBODY}
 * @param approvers patterns of the ARNs that API Gateway reports
 */
public record Access(Set<String> allowed, List<Pattern> approvers) {
    /** Allows every account, in local mode; approves with every principal of the operator. The template allows nobody so. */
    public static final String ANYBODY = "*";

    /** API Gateway reports the session of a role, which has the name of the role and no path. */
    private static final Pattern ROLE = Pattern.compile("arn:([a-z-]+):iam::([0-9]{12}):role/(?:.*/)?([^/]+)");

    /**
     * The pattern of the parameter {@code ApproverArns}. A role's path restricts nothing in a session's ARN, so a path and a *
     * together are refused, except for the path of AWS IAM Identity Center.
     */
    private static final Pattern APPROVER = Pattern.compile("arn:aws[a-z-]*:(iam::[0-9]{12}:("
            + "role/([A-Za-z0-9+=.@_-]+/)*[A-Za-z0-9+=.@_-]+"
            + "|role/(aws-reserved/sso\\.amazonaws\\.com/([a-z0-9-]+/)?)?[A-Za-z0-9+=.@_*-]+"
            + "|user/[A-Za-z0-9+=.@_/*-]+)"
            + "|sts::[0-9]{12}:(assumed-role|federated-user)/[A-Za-z0-9+=.@_/*-]+)");

    public Access {
        allowed = Set.copyOf(allowed);
        approvers = List.copyOf(approvers);
    }

    /**
     * Reads ids with commas between them.
     *
     * @throws IllegalArgumentException for anything but ids of accounts and organizations, and {@link #ANYBODY}
     */
    public static Set<String> allowed(String ids) {
        return Stream.of(ids.split(",", -1))
                .map(String::strip)
                .map(id -> checked(id, AccountId.isOne(id) || id.equals(ANYBODY) || id.matches("o-[a-z0-9]{10,32}")))
                .collect(toUnmodifiableSet());
    }

    /**
     * Reads ARNs with commas between them, in which * stands for any characters. The ARN of a role stands for its sessions.
     *
     * @throws IllegalArgumentException for other texts
     */
    public static List<Pattern> approvers(String arns) {
        return Stream.of(arns.split(",", -1))
                .map(String::strip)
                .map(arn -> checked(
                        arn, arn.equals(ANYBODY) || APPROVER.matcher(arn).matches()))
                .map(arn -> ROLE.matcher(arn).replaceFirst("arn:$1:sts::$2:assumed-role/$3/*"))
                .map(Access::pattern)
                .toList();
    }

    private static String checked(String text, boolean isOne) {
        if (!isOne) {
            throw new IllegalArgumentException("\"" + text + "\" is not one");
        }
        return text;
    }

    private static Pattern pattern(String arn) {
        return Pattern.compile(
                Arrays.stream(arn.split("\\*", -1)).map(Pattern::quote).collect(joining(".*")));
    }

    /** @param organization of the account, as API Gateway reports it; null for an account outside any */
    public boolean isAllowed(AccountId account, @Nullable String organization) {
        return allowed.contains(ANYBODY)
                || allowed.contains(account.value())
                || (organization != null && allowed.contains(organization));
    }

    /** @param arn as API Gateway reports it */
    public boolean isApprover(String arn) {
        return approvers.stream().anyMatch(pattern -> pattern.matcher(arn).matches());
    }
}
