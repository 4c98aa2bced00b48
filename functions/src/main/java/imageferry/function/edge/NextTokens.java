package imageferry.function.edge;

import com.fasterxml.jackson.core.JsonProcessingException;
import imageferry.ledger.Key;
import imageferry.ledger.Query;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Places in lists as opaque text, sealed with a key that only the stack knows. The seal covers the place and the list it
 * belongs to, so a text that is forged, damaged, or of another account, list or filter opens nothing.
 */
public final class NextTokens {
    private static final String ALGORITHM = "HmacSHA256";

    private final Supplier<byte[]> key;

    /** @param key asked for only when there is a token to read or to write */
    public NextTokens(Supplier<byte[]> key) {
        this.key = key;
    }

    private record Content(String partition, String sort, String order, String seal) {}

    String text(Query.Position position, String list) {
        var place = position.key();
        var content = new Content(place.partition(), place.sort(), position.sortValue(), seal(position, list));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(utf8(Json.text(content)));
    }

    /** Returns the place; empty when the text is not our own token of that list. */
    Optional<Query.Position> read(String text, String list) {
        try {
            var content = Json.MAPPER.readValue(Base64.getUrlDecoder().decode(text), Content.class);
            if (content == null || content.partition() == null || content.sort() == null || content.order() == null) {
                return Optional.empty();
            }
            var position = new Query.Position(new Key(content.partition(), content.sort()), content.order());
            // Seal again and compare the whole, so that nothing can be appended. Compare in constant time, so that a
            // seal cannot be found byte by byte.
            return MessageDigest.isEqual(utf8(text(position, list)), utf8(text))
                    ? Optional.of(position)
                    : Optional.empty();
        } catch (IllegalArgumentException | JsonProcessingException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("Bytes in memory could not be read", e);
        }
    }

    private String seal(Query.Position position, String list) {
        var place = position.key();
        // Write the texts as JSON, so that they cannot run into each other.
        var sealed = Json.text(List.of(list, place.partition(), place.sort(), position.sortValue()));
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key.get(), ALGORITHM));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(mac.doFinal(utf8(sealed)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java knows " + ALGORITHM, e);
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
