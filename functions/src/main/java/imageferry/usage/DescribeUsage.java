package imageferry.usage;

import imageferry.account.AccountId;
import imageferry.account.Caller;
import imageferry.account.Enquiry;
import imageferry.rule.Code;
import imageferry.rule.Result;
import imageferry.rule.Violation;
import java.time.InstantSource;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.stream.Stream;

/** Rule 11: reads the usage of an account in a month. Only the operator sees that of another account. */
public final class DescribeUsage {
    private final Usage usage;
    private final Prices prices;
    private final InstantSource clock;

    public DescribeUsage(Usage usage, Prices prices, InstantSource clock) {
        this.usage = usage;
        this.prices = prices;
        this.clock = clock;
    }

    /**
     * The bill.
     *
     * @param month as {@code 2026-11}; the present month (UTC) when empty
     * @param account the caller's own when empty
     */
    public Result<Bill> of(Caller caller, Optional<String> month, Optional<String> account) {
        var now = clock.instant();
        var present = YearMonth.from(now.atOffset(ZoneOffset.UTC));
        var violations = Stream.of(
                        month.flatMap(text -> requiresBegun(text, present)),
                        account.flatMap(text -> Enquiry.requiresOwn(caller, text)))
                .flatMap(Optional::stream)
                .toList();
        if (!violations.isEmpty()) {
            return Result.rejected(violations);
        }
        var whose = account.map(AccountId::new).orElse(caller.account());
        var when = month.map(YearMonth::parse).orElse(present);
        return Result.accepted(new Bill(whose, when, prices, usage.moved(whose, when), usage.stored(whose, when, now)));
    }

    private static Optional<Violation> requiresBegun(String month, YearMonth present) {
        var isMonth = month.matches("[0-9]{4}-(0[1-9]|1[0-2])");
        return Violation.when(
                !isMonth || YearMonth.parse(month).isAfter(present),
                Code.INVALID_PARAMETER,
                "month",
                month,
                isMonth
                        ? "The month " + month + " has not begun; give " + present + " or an earlier month"
                        : "\"" + month + "\" is not a month; give one as " + present);
    }
}
