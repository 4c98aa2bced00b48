package imageferry.rule;

import java.math.BigInteger;
import java.util.Locale;

/** A number with its noun, for sentences that people read: 1 account, 2,048 characters. */
public final class Count {
    private Count() {}

    /** The number alone, as {@code 2,048}. */
    public static String of(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** A number whose 64 bits have no sign. */
    public static String ofUnsigned(long number) {
        return String.format(Locale.ROOT, "%,d", new BigInteger(Long.toUnsignedString(number)));
    }

    /** @param noun takes an s in the plural */
    public static String of(long number, String noun) {
        return of(number, noun, noun + "s");
    }

    public static String of(long number, String one, String many) {
        return of(number) + " " + (number == 1 ? one : many);
    }
}
