package imageferry.region;

/** The name of an AWS region, as {@code eu-west-1}. Whether it is enabled is {@link Regions}' to say. */
public record Region(String name) {
    /** @throws IllegalArgumentException when the text cannot be a region's name; use {@link #isOne} on what a caller sent */
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
