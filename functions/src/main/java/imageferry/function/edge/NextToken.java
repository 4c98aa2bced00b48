package imageferry.function.edge;

import com.fasterxml.jackson.core.JsonProcessingException;
import imageferry.ledger.Key;
import imageferry.ledger.Query;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

/**
 * A place in a list as opaque text. It carries a hash of itself and of the list it belongs to, so a damaged one, or one
 * of another list or caller, is told apart. It is no secret: the partition that is read comes from the caller's identity
 * and never from here, so whoever forges one can only skip entries of their own list.
 */
final class NextToken {
    private NextToken() {}

    /** What is inside. */
    private record Content(String partition, String sort, String order, String seal) {}

    static String text(Query.Position position, String list) {
        var key = position.key();
        var content = new Content(key.partition(), key.sort(), position.sortValue(), seal(position, list));
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(Json.text(content).getBytes(StandardCharsets.UTF_8));
    }

    /** The place; empty when the text was not made by us for that list. */
    static Optional<Query.Position> read(String text, String list) {
        try {
            var content = Json.MAPPER.readValue(Base64.getUrlDecoder().decode(text), Content.class);
            if (content == null || content.partition() == null || content.sort() == null || content.order() == null) {
                return Optional.empty();
            }
            var position = new Query.Position(new Key(content.partition(), content.sort()), content.order());
            // Made anew and compared as a whole, so that nothing can be added to one either.
            return text(position, list).equals(text) ? Optional.of(position) : Optional.empty();
        } catch (IllegalArgumentException | JsonProcessingException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException("Bytes in memory could not be read", e);
        }
    }

    private static String seal(Query.Position position, String list) {
        try {
            var hash = MessageDigest.getInstance("SHA-256")
                    .digest((position + "\n" + list).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java knows SHA-256", e);
        }
    }
}
