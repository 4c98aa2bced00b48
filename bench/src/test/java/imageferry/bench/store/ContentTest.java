package imageferry.bench.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class ContentTest {
    private static final Content SOURCE = Content.of(1, 1_000);

    @Test
    void parts_in_order_equal_the_whole_for_any_part_sizes() {
        for (var part : List.of(1L, 7L, 100L, 999L, 1_000L)) {
            assertThat(Content.joined(cut(part))).isEqualTo(SOURCE);
        }
    }

    @Test
    void parts_out_of_order_or_repeated_or_left_out_do_not_equal_the_whole() {
        var parts = new ArrayList<>(cut(100));
        Collections.swap(parts, 3, 4);
        assertThat(Content.joined(parts)).isNotEqualTo(SOURCE);
        parts = new ArrayList<>(cut(100));
        parts.set(3, parts.get(2));
        assertThat(Content.joined(parts)).isNotEqualTo(SOURCE);
        assertThat(Content.joined(parts).length()).isEqualTo(1_000);
        parts = new ArrayList<>(cut(100));
        parts.remove(9);
        assertThat(Content.joined(parts)).isNotEqualTo(SOURCE);
    }

    @Test
    void equal_bytes_have_equal_digests_and_different_bytes_different_ones() {
        var copied = Content.joined(cut(100)).slice(150, 300);

        assertThat(copied.digest("SHA-256")).isEqualTo(SOURCE.slice(150, 300).digest("SHA-256"));
        assertThat(copied.digest("SHA-256")).isNotEqualTo(SOURCE.slice(151, 300).digest("SHA-256"));
        assertThat(SOURCE.digest("SHA-256")).isNotEqualTo(Content.of(2, 1_000).digest("SHA-256"));
    }

    @Test
    void a_slice_may_cross_runs() {
        var mixed = Content.joined(List.of(Content.of(1, 10), Content.of(2, 10)));

        assertThat(mixed.slice(5, 10).runs()).containsExactly(new Content.Run(1, 5, 5), new Content.Run(2, 0, 5));
    }

    private static List<Content> cut(long part) {
        var parts = new ArrayList<Content>();
        for (var first = 0L; first < SOURCE.length(); first += part) {
            parts.add(SOURCE.slice(first, Math.min(part, SOURCE.length() - first)));
        }
        return parts;
    }
}
