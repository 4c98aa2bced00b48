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
import org.jspecify.annotations.Nullable;

/**
 * Rule 11: reads the usage of an account in a month. Only the operator sees that of another account.
 *
 * @param bytesPerMonth the current limit; 0 for none
 */
public record DescribeUsage(Usage usage, Budget budget, long bytesPerMonth, Prices prices, InstantSource clock) {
    /**
     * The bill.
     *
     * @param month as {@code 2026-11}; the present month (UTC) when null
     * @param account the caller's own when null
     */
    public Result<Bill> of(Caller caller, @Nullable String month, @Nullable String account) {
        var now = clock.instant();
        var present = YearMonth.from(now.atOffset(ZoneOffset.UTC));
        var violations = Stream.of(
                        month == null ? Optional.<Violation>empty() : requiresBegun(month, present),
                        account == null ? Optional.<Violation>empty() : Enquiry.requiresOwn(caller, account))
                .flatMap(Optional::stream)
                .toList();
        if (!violations.isEmpty()) {
            return Result.rejected(violations);
        }
        var whose = account == null ? caller.account() : new AccountId(account);
        var when = month == null ? present : YearMonth.parse(month);
        return Result.accepted(new Bill(
                whose,
                when,
                prices,
                usage.moved(whose, when),
                usage.stored(whose, when, now),
                new Bill.Requested(budget.bytes(whose, when), bytesPerMonth)));
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
