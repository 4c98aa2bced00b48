package imageferry.local.lambda;

import java.util.regex.Pattern;

/** The wildcards in actions and resources of a policy's statement: {@code *} is any text, {@code ?} one character. */
public final class Wildcards {
    private Wildcards() {}

    public static Pattern pattern(String text) {
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
