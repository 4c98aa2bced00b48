package imageferry.account;

/** A 12-digit AWS account id. */
public record AccountId(String value) {
    /** @throws IllegalArgumentException when the text is not 12 digits; use {@link #isOne} for a caller's text */
    public AccountId {
        if (!isOne(value)) {
            throw new IllegalArgumentException("\"" + value + "\" is not an account id; expected 12 digits");
        }
    }

    public static boolean isOne(String text) {
        return text.matches("[0-9]{12}");
    }

    @Override
    public String toString() {
        return value;
    }
}
