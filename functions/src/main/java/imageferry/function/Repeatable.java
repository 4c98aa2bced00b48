package imageferry.function;

import imageferry.function.edge.Json;
import imageferry.idempotency.ClientToken;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes the client token of a request: the caller's own word for it, and a hash of everything else that it asks for. */
final class Repeatable {
    private Repeatable() {}

    /** @param asked everything that tells one request from another, the token itself may be among it */
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
