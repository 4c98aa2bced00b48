package imageferry.region;

/** The name of an AWS region, as {@code eu-west-1}. {@link Regions} knows whether it is enabled. */
public record Region(String name) {
    /**
     * @throws IllegalArgumentException when the text cannot be a region's name; use {@link #isOne} for a caller's text
     */
    public Region {
        if (!isOne(name)) {
            throw new IllegalArgumentException("\"" + name + "\" is not a region name; expected one like eu-west-1");
        }
    }

    public static boolean isOne(String text) {
        return text.matches("[a-z]{2}(-[a-z]+)+-[0-9]{1,2}");
    }

    @Override
    public String toString() {
        return name;
    }
}
