package imageferry.disk;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Decodes a piece of a file where it is text: UTF-8, or UTF-16 with a byte order mark. */
record Text(String characters, boolean hasByteOrderMark) {
    /** The part of a text's last character that a cut in a longer file may remove: up to 4 bytes of UTF-8. */
    private static final int LAST_CHARACTER = 4;

    private static final char REPLACEMENT = '\uFFFD';

    static Text of(Fields piece) {
        var bytes = piece.bytes();
        if (piece.has(0, "\u00ff\u00fe")) {
            return new Text(new String(bytes, 2, bytes.length - 2, StandardCharsets.UTF_16LE), true);
        }
        if (piece.has(0, "\u00fe\u00ff")) {
            return new Text(new String(bytes, 2, bytes.length - 2, StandardCharsets.UTF_16BE), true);
        }
        return piece.has(0, "\u00ef\u00bb\u00bf")
                ? new Text(new String(bytes, 3, bytes.length - 3, StandardCharsets.UTF_8), true)
                : new Text(new String(bytes, StandardCharsets.UTF_8), false);
    }

    /** The first 64 KiB of a file that is readable so far; empty for any other file. */
    static Optional<Text> whole(View view) {
        var length = (int) Math.min(View.HEAD, view.size());
        var text = of(view.head().part(0, length));
        var end = text.characters.length() - (length < view.size() ? LAST_CHARACTER : 0);
        return text.isReadable(end) && !text.characters.isBlank() ? Optional.of(text) : Optional.empty();
    }

    /** Returns the text up to its first zero character. */
    Text upToZero() {
        var end = characters.indexOf('\0');
        return end < 0 ? this : new Text(characters.substring(0, end), hasByteOrderMark);
    }

    private boolean isReadable(int end) {
        for (var i = 0; i < end; i++) {
            if (!isReadable(characters.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isReadable(char character) {
        return character != REPLACEMENT && (!Character.isISOControl(character) || Character.isWhitespace(character));
    }
}
