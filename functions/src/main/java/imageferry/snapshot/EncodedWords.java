package imageferry.snapshot;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Text beyond ASCII in the value of a header, as RFC 2047 writes it: {@code =?charset?encoding?text?=}. S3 returns user
 * metadata in this form.
 */
public final class EncodedWords {
    /** A charset may name a language behind an asterisk (RFC 2231). */
    private static final Pattern WORD = Pattern.compile("=\\?([^?*\\s]+)(?:\\*[^?\\s]*)?\\?([BbQq])\\?([^?\\s]+)\\?=");

    private static final Pattern ESCAPED = Pattern.compile("=([0-9A-Fa-f]{2})");

    private EncodedWords() {}

    /**
     * Decodes the text's encoded words; white space between two of them is not text. A malformed word does not change.
     */
    public static String decode(String value) {
        var text = new StringBuilder();
        var words = WORD.matcher(value);
        var end = 0;
        var followsWord = false;
        while (words.find()) {
            var word = decoded(words);
            var between = value.substring(end, words.start());
            if (word.isEmpty() || !followsWord || !between.isBlank()) {
                text.append(between);
            }
            text.append(word.orElse(words.group()));
            followsWord = word.isPresent();
            end = words.end();
        }
        return text.append(value, end, value.length()).toString();
    }

    /**
     * Repairs UTF-8 that a store read as ISO 8859-1, as S3 does with headers that are sent in raw UTF-8. Any other text
     * does not change.
     */
    public static String corrected(String text) {
        var isAscii = US_ASCII.newEncoder().canEncode(text);
        return isAscii || !ISO_8859_1.newEncoder().canEncode(text)
                ? text
                : text(UTF_8, text.getBytes(ISO_8859_1)).orElse(text);
    }

    private static Optional<String> decoded(Matcher word) {
        try {
            var charset = Charset.forName(word.group(1));
            var bytes = word.group(2).equalsIgnoreCase("b")
                    ? Base64.getDecoder().decode(word.group(3))
                    : quoted(word.group(3));
            return text(charset, bytes);
        } catch (IllegalArgumentException malformedOrOfAnUnknownCharset) {
            return Optional.empty();
        }
    }

    private static byte[] quoted(String text) {
        var bytes = new ByteArrayOutputStream();
        var escaped = ESCAPED.matcher(text);
        for (var at = 0; at < text.length(); at++) {
            var character = text.charAt(at);
            if (character == '=') {
                if (!escaped.region(at, text.length()).lookingAt()) {
                    throw new IllegalArgumentException("Two hexadecimal digits must follow \"=\"");
                }
                bytes.write(Integer.parseInt(escaped.group(1), 16));
                at += 2;
            } else {
                bytes.write(character == '_' ? ' ' : character);
            }
        }
        return bytes.toByteArray();
    }

    private static Optional<String> text(Charset charset, byte[] bytes) {
        try {
            return Optional.of(
                    charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
        } catch (CharacterCodingException malformed) {
            return Optional.empty();
        }
    }
}
