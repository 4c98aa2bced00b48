package imageferry.function.view;

import imageferry.usage.Bill;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A month's usage as its account sees it. Decimal numbers are text: a JSON number would not keep them exact. */
public record UsageView(
        String account,
        String month,
        PricesView prices,
        List<MovedView> moved,
        List<StoredView> stored,
        String total,
        long bytesRequested,
        @Nullable Long bytesPerMonth) {
    /** The price of one GiB. */
    public record PricesView(String perGiBMoved, String perGiBMonth) {}

    /** @param bytesSaved absent where an older version was of no use */
    public record MovedView(
            String from, String to, long bytes, @Nullable Long bytesSaved, String gib, String price) {}

    public record StoredView(String region, String gibMonths, String price) {}

    public static UsageView of(Bill bill) {
        return new UsageView(
                bill.account().value(),
                bill.month().toString(),
                new PricesView(
                        text(bill.prices().perGiBMoved()), text(bill.prices().perGiBMonth())),
                bill.moved().stream().map(line -> moved(bill, line)).toList(),
                bill.stored().stream().map(line -> stored(bill, line)).toList(),
                text(bill.total()),
                bill.requested().bytes(),
                bill.requested().limit() == 0 ? null : bill.requested().limit());
    }

    private static MovedView moved(Bill bill, Bill.Moved line) {
        return new MovedView(
                line.from().name(),
                line.to().name(),
                line.bytes(),
                line.savedBytes() == 0 ? null : line.savedBytes(),
                text(line.gib().rounded()),
                text(bill.price(line)));
    }

    private static StoredView stored(Bill bill, Bill.Stored line) {
        return new StoredView(line.region().name(), text(line.gibMonths().rounded()), text(bill.price(line)));
    }

    private static String text(BigDecimal number) {
        return number.toPlainString();
    }
}
