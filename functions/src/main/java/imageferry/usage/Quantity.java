package imageferry.usage;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Duration;

/**
 * A number of GiB or of GiB-months, kept as the exact fraction that it is. It is rounded only where it is shown, and a price is
 * taken of the exact number and rounded once; both half up.
 */
public record Quantity(BigInteger part, BigInteger whole) {
    private static final BigInteger GIB = BigInteger.TWO.pow(30);
    private static final int PLACES = 6;
    private static final int PLACES_OF_PRICE = 4;

    static Quantity gib(long bytes) {
        return new Quantity(BigInteger.valueOf(bytes), GIB);
    }

    /** @param byteMillis bytes times the milliseconds that they were stored for, summed up */
    static Quantity gibMonths(BigInteger byteMillis, Duration month) {
        return new Quantity(byteMillis, GIB.multiply(BigInteger.valueOf(month.toMillis())));
    }

    /** Returns the quantity rounded to six decimal places. */
    public BigDecimal rounded() {
        return times(BigDecimal.ONE, PLACES);
    }

    /** Returns the price rounded to four decimal places. */
    public BigDecimal price(BigDecimal each) {
        return times(each, PLACES_OF_PRICE);
    }

    private BigDecimal times(BigDecimal each, int places) {
        return new BigDecimal(part).multiply(each).divide(new BigDecimal(whole), places, RoundingMode.HALF_UP);
    }
}
