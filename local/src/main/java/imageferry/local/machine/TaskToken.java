package imageferry.local.machine;

import imageferry.local.machine.CallRefused.Code;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

/** A task token. It names its execution, which distinguishes an old token from an unknown one, and cannot be guessed. */
final class TaskToken {
    private static final int SECRET_BYTES = 24;

    private TaskToken() {}

    static String create(String execution, RandomGenerator random) {
        var secret = new byte[SECRET_BYTES];
        random.nextBytes(secret);
        var text = execution + "/" + HexFormat.of().formatHex(secret);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** @throws CallRefused {@code InvalidToken} if it does not have the form of a token */
    static String executionOf(String token) {
        try {
            var text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
            var slash = text.indexOf('/');
            if (slash > 0 && text.length() == slash + 1 + 2 * SECRET_BYTES) {
                return text.substring(0, slash);
            }
        } catch (IllegalArgumentException e) {
            throw invalid();
        }
        throw invalid();
    }

    private static CallRefused invalid() {
        return new CallRefused(Code.InvalidToken, "Invalid token");
    }
}
