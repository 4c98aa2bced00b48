package imageferry.usage;

import static imageferry.copying.InMemoryService.AWAY;
import static imageferry.copying.InMemoryService.HOME;
import static imageferry.copying.InMemoryService.OWNER;
import static imageferry.copying.InMemoryService.STRANGER;
import static imageferry.copying.InMemoryService.accepted;
import static imageferry.copying.InMemoryService.codes;
import static imageferry.copying.InMemoryService.violations;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imageferry.account.AccountId;
import imageferry.account.Caller;
import imageferry.id.Ids;
import imageferry.id.ImageId;
import imageferry.ledger.InMemoryLedger;
import imageferry.rule.Code;
import imageferry.rule.Result;
import imageferry.rule.Violation;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A month's usage: each whole GiB stored for a whole month of 30 days is one GiB-month. */
class DescribingUsageTest {
    private static final Caller OPERATOR =
            new Caller(new AccountId("111111111111"), "arn:aws:iam::111111111111:user/root", true);
    private static final long GIB = 1L << 30;

    private final InMemoryLedger ledger = new InMemoryLedger();
    private final Ids ids = new Ids(new Random(1));
    private Instant now = Instant.parse("2026-06-16T00:00:00Z");
    private Prices prices = new Prices(new BigDecimal("0.02"), new BigDecimal("0.023"));

    private Result<Bill> ask(Caller caller, String month, String account) {
        return new DescribeUsage(new Usage(ledger), new Budget(ledger), 0, prices, () -> now)
                .of(caller, month, account);
    }

    private Bill bill(String month) {
        return accepted(ask(OWNER, month, null));
    }

    private void stored(long bytes, String from, String to) {
        var image = ImageId.random(ids);
        ledger.commit(List.of(Usage.stored(OWNER.account(), image, AWAY, bytes, Instant.parse(from))));
        if (to != null) {
            ledger.commit(List.of(Usage.removed(OWNER.account(), image, Instant.parse(to))));
        }
    }

    private void moved(long bytes, String at) {
        ledger.commit(List.of(Usage.moved(OWNER.account(), HOME, AWAY, bytes, 0, Instant.parse(at))));
    }

    private static String gibMonths(Bill bill) {
        assertThat(bill.stored()).hasSize(1);
        assertThat(bill.stored().getFirst().region()).isEqualTo(AWAY);
        return bill.stored().getFirst().gibMonths().rounded().toPlainString();
    }

    @Test
    void storage_counts_for_its_part_of_the_month() {
        stored(10 * GIB, "2026-04-11T00:00:00Z", "2026-04-21T00:00:00Z");

        assertThat(gibMonths(bill("2026-04"))).isEqualTo("3.333333");
    }

    @Test
    void storage_over_several_months_counts_in_each() {
        stored(30 * GIB, "2026-03-31T00:00:00Z", "2026-05-01T00:00:00Z");

        assertThat(gibMonths(bill("2026-03"))).isEqualTo("0.967742");
        assertThat(gibMonths(bill("2026-04"))).isEqualTo("30.000000");
        assertThat(bill("2026-02").stored()).isEmpty();
        assertThat(bill("2026-05").stored()).isEmpty();
    }

    @Test
    void present_storage_counts_until_now() {
        stored(4 * GIB, "2026-06-01T00:00:00Z", null);
        assertThat(gibMonths(bill(null))).isEqualTo("2.000000");

        now = Instant.parse("2026-07-20T00:00:00Z");
        assertThat(gibMonths(bill("2026-06"))).isEqualTo("4.000000");
    }

    @Test
    void storage_that_begins_in_the_future_does_not_count_yet() {
        stored(GIB, "2026-06-16T00:00:00.001Z", null);

        assertThat(bill(null).stored()).isEmpty();
    }

    @Test
    void the_snapshots_of_a_region_are_summed_before_rounding() {
        for (var i = 0; i < 1_000; i++) {
            stored(3_000, "2026-05-01T00:00:00Z", null);
        }

        assertThat(gibMonths(bill("2026-05"))).isEqualTo("0.002794");
    }

    @Test
    void more_snapshots_than_one_page_holds_are_all_counted() {
        for (var i = 0; i < 2_500; i++) {
            stored(GIB, "2026-05-01T00:00:00Z", null);
        }

        assertThat(gibMonths(bill("2026-05"))).isEqualTo("2500.000000");
    }

    @Test
    void moved_bytes_count_by_route_in_the_month_of_their_arrival() {
        moved(GIB, "2026-04-30T23:59:59.999Z");
        moved(GIB / 2, "2026-04-01T00:00:00Z");
        moved(7, "2026-05-01T00:00:00Z");
        ledger.commit(List.of(Usage.moved(OWNER.account(), AWAY, HOME, GIB, 0, Instant.parse("2026-04-02T00:00:00Z"))));

        assertThat(bill("2026-04").moved())
                .containsExactly(new Bill.Moved(AWAY, HOME, GIB, 0), new Bill.Moved(HOME, AWAY, GIB + GIB / 2, 0));
        assertThat(bill("2026-05").moved()).containsExactly(new Bill.Moved(HOME, AWAY, 7, 0));
        assertThat(bill("2026-04").moved().getLast().gib().rounded()).isEqualTo("1.500000");
    }

    @Test
    void a_price_is_computed_exactly_and_rounded_half_up_to_four_places() {
        prices = new Prices(new BigDecimal("0.0001"), new BigDecimal("0.0001"));
        moved(GIB / 2, "2026-05-01T00:00:00Z");
        stored(GIB / 2 - 1, "2026-05-01T00:00:00Z", null);
        var bill = bill("2026-05");

        assertThat(bill.price(bill.moved().getFirst())).isEqualTo("0.0001");
        assertThat(gibMonths(bill)).isEqualTo("0.500000");
        assertThat(bill.price(bill.stored().getFirst())).isEqualTo("0.0000");
    }

    @Test
    void the_total_is_the_sum_of_the_shown_prices() {
        moved(500 * GIB, "2026-05-01T00:00:00Z");
        stored(500 * GIB, "2026-05-01T00:00:00Z", null);
        var bill = bill("2026-05");

        assertThat(bill.price(bill.moved().getFirst())).isEqualTo("10.0000");
        assertThat(bill.price(bill.stored().getFirst())).isEqualTo("11.5000");
        assertThat(bill.total()).isEqualTo("21.5000");
    }

    @Test
    void a_month_without_usage_is_an_empty_bill() {
        assertThat(bill("1999-12"))
                .isEqualTo(new Bill(
                        OWNER.account(),
                        YearMonth.of(1999, 12),
                        prices,
                        List.of(),
                        List.of(),
                        new Bill.Requested(0, 0)));
        assertThat(bill("1999-12").total()).isEqualTo("0.0000");
    }

    @Test
    void the_present_month_is_the_one_in_utc() {
        now = Instant.parse("2026-06-30T23:59:59.999Z");
        assertThat(bill(null).month()).isEqualTo(YearMonth.of(2026, 6));

        now = Instant.parse("2026-07-01T00:00:00Z");
        assertThat(bill(null).month()).isEqualTo(YearMonth.of(2026, 7));
    }

    @Test
    void a_month_that_has_not_begun_is_refused() {
        assertThat(violations(ask(OWNER, "2026-07", null)))
                .extracting(Violation::detail)
                .containsExactly("The month 2026-07 has not begun; give 2026-06 or an earlier month");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "2026", "2026-13", "2026-00", "2026-6", "+2026-06", "2026-06-01", "June", "２０２６-06"})
    void a_malformed_month_is_refused(String month) {
        assertThat(violations(ask(OWNER, month, null))).singleElement().satisfies(violation -> {
            assertThat(violation.code()).isEqualTo(Code.INVALID_PARAMETER);
            assertThat(violation.field()).isEqualTo("month");
            assertThat(violation.detail()).isEqualTo("\"" + month + "\" is not a month; give one as 2026-06");
        });
    }

    @Test
    void only_the_operator_sees_the_usage_of_another_account() {
        moved(GIB, "2026-06-01T00:00:00Z");
        var owner = OWNER.account().value();

        assertThat(accepted(ask(OPERATOR, null, owner)).moved()).hasSize(1);
        assertThat(accepted(ask(OPERATOR, null, null)).moved()).isEmpty();
        assertThat(accepted(ask(OWNER, null, owner)).moved()).hasSize(1);
        assertThat(codes(ask(STRANGER, null, owner))).containsExactly(Code.NOT_OPERATOR);
        assertThat(accepted(ask(STRANGER, null, null)).moved()).isEmpty();
    }

    @Test
    void all_violations_are_reported_at_once() {
        assertThat(codes(ask(STRANGER, "2026-7", "me")))
                .containsExactly(Code.INVALID_PARAMETER, Code.INVALID_ACCOUNT_ID);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "1e3", ".5", "0,02", "1234567890", "0.1234567891"})
    void a_price_is_a_plain_decimal_number(String text) {
        assertThatThrownBy(() -> Prices.price(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("\"" + text + "\" is not a price; expected a decimal number such as 0.02");
    }
}
