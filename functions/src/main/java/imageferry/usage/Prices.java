package imageferry.usage;

import java.math.BigDecimal;

/**
 * The operator's prices, in the currency of their bills; zero charges nothing.
 *
 * @param perGiBMoved for each GiB (1,073,741,824 bytes) that crosses a region's border
 * @param perGiBMonth for each GiB that is stored for a whole month
 */
public record Prices(BigDecimal perGiBMoved, BigDecimal perGiBMonth) {
    /** @throws IllegalArgumentException when the text is not a decimal number of at most 9 digits before and after its point */
    public static BigDecimal price(String text) {
        if (!text.matches("[0-9]{1,9}(\\.[0-9]{1,9})?")) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" is not a price; expected a decimal number such as 0.02");
        }
        return new BigDecimal(text);
    }
}
