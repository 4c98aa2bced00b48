package imageferry.aws;

import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The pages in which S3 shows parts; as their numbers are known beforehand, all pages can be asked for at once. */
final class PartPages {
    /** The most parts that S3 shows at once. */
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
