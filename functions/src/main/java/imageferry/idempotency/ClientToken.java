package imageferry.idempotency;

/**
 * A caller's token that makes a request safe to repeat.
 *
 * @param token 1–64 printable ASCII characters of the caller's own choice
 * @param parameters a hash of everything else in the request
 */
public record ClientToken(String token, String parameters) {
    public static boolean isOne(String text) {
        return text.matches("[\\x21-\\x7E]{1,64}");
    }
}
