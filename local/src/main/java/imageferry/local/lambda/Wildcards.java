package imageferry.local.lambda;

import java.util.Locale;
import java.util.regex.Pattern;

/** What actions and resources of a policy's statement mean: {@code *} is any text, {@code ?} one character. */
public final class Wildcards {
    private Wildcards() {}

    /** The actions that are meant; their case does not matter. */
    public static boolean action(String written, String action) {
        return pattern(written.toLowerCase(Locale.ROOT))
                .matcher(action.toLowerCase(Locale.ROOT))
                .matches();
    }

    /** The resources that are meant. */
    public static boolean resource(String written, String arn) {
        return pattern(written).matcher(arn).matches();
    }

    static Pattern pattern(String text) {
        var pattern = new StringBuilder();
        text.chars()
                .forEach(character -> pattern.append(
                        switch (character) {
                            case '*' -> ".*";
                            case '?' -> ".";
                            default -> Pattern.quote(Character.toString(character));
                        }));
        return Pattern.compile(pattern.toString(), Pattern.DOTALL);
    }
}
