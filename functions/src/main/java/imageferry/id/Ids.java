package imageferry.id;

import java.util.random.RandomGenerator;

/**
 * Makes and recognises ids: a letter for the kind, a dash, and 17 characters of lowercase base32. With 85 random bits, two are
 * never equal in practice.
 */
public final class Ids {
    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";
    private static final int LENGTH = 17;

    private final RandomGenerator random;

    /** @param random a cryptographic generator in production, a seeded one in tests */
    public Ids(RandomGenerator random) {
        this.random = random;
    }

    public String next(String kind) {
        var id = new StringBuilder(kind).append('-');
        for (var i = 0; i < LENGTH; i++) {
            id.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return id.toString();
    }

    public static boolean isOne(String kind, String text) {
        return text.length() == kind.length() + 1 + LENGTH
                && text.startsWith(kind + "-")
                && text.substring(kind.length() + 1).chars().allMatch(c -> ALPHABET.indexOf(c) >= 0);
    }

    /**
     * Insists on an id.
     *
     * @throws IllegalArgumentException when the text is not an id of that kind
     */
    public static void require(String kind, String text) {
        if (!isOne(kind, text)) {
            throw new IllegalArgumentException("\"" + text + "\" is not an id of kind " + kind + "-…; expected "
                    + LENGTH + " of the characters a–z and 2–7");
        }
    }
}
