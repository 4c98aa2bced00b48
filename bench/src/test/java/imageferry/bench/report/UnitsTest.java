package imageferry.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnitsTest {
    @ParameterizedTest
    @CsvSource({
        "67108864, 64 MiB",
        "1073741824, 1 GiB",
        "1610612736, 1.5 GiB",
        "536870912000, 500 GiB",
        "5497558138880, 5 TiB",
        "53687091200000, 48.8 TiB"
    })
    void a_size_has_the_largest_usual_unit(long bytes, String words) {
        assertThat(Units.size(bytes)).isEqualTo(words);
    }

    /** The page must not depend on the machine that writes it. */
    @ParameterizedTest
    @ValueSource(strings = {"de-DE", "ar-EG-u-nu-arab", "hi-IN-u-nu-deva"})
    void the_locale_of_the_machine_does_not_matter(String country) {
        var row = new Row(
                Row.OURS,
                Row.DEFAULTS,
                "THROTTLED",
                1L << 30,
                2.49,
                0.08,
                0.06,
                0.2,
                3.29,
                325,
                0.0029,
                Row.MODEL,
                1_280,
                110,
                0.68,
                0.06,
                null);
        var before = Locale.getDefault();
        var expected = page(row);
        try {
            Locale.setDefault(Locale.forLanguageTag(country));

            assertThat(page(row)).isEqualTo(expected);
        } finally {
            Locale.setDefault(before);
        }
    }

    private static String page(Row row) {
        var rows = List.of(row);
        return ResultsPage.with(
                        "<!-- ./imageferry bench writes from here -->\n<!-- to here -->",
                        List.of(),
                        Goals.check(rows),
                        rows)
                + new Chart(rows).svg()
                + Rows.json(rows)
                + Table.lines(rows);
    }
}
