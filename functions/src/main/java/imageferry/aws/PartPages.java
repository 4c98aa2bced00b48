package imageferry.aws;

import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Pages of part numbers for S3's listing of parts. The numbers are known in advance, so all pages can be requested at
 * once.
 */
final class PartPages {
    /** S3's limit of parts in one page of a listing. */
    static final int LENGTH = 1_000;

    private PartPages() {}

    /** Parts {@code first} to {@code last}, both included. */
    record Page(int first, int last) {
        int length() {
            return last - first + 1;
        }
    }

    static Stream<Page> of(int first, int last) {
        return IntStream.iterate(first, start -> start <= last, start -> start + LENGTH)
                .mapToObj(start -> new Page(start, Math.min(last, start + LENGTH - 1)));
    }
}
