package imageferry.function;

import imageferry.function.edge.Json;
import imageferry.idempotency.ClientToken;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Creates the client token of a request from the caller's own token and a hash of the request's other parameters. */
final class Repeatable {
    private Repeatable() {}

    /** @param asked all values that distinguish one request from another; the token itself may be among them */
    static @Nullable ClientToken token(@Nullable String token, Object... asked) {
        return token == null ? null : new ClientToken(token, hash(Json.text(List.of(asked))));
    }

    static String hash(String text) {
        try {
            var hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java knows SHA-256", e);
        }
    }
}
