package imageferry.copying.ending;

import imageferry.snapshot.Blob;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A range of the keys of a region's snapshots. Their ids are random, so each slice has about the same number.
 *
 * @param after the keys of the slice come after this one
 * @param last the last possible key; null for the last slice
 */
record Slice(String name, String after, @Nullable String last) {
    /** One for each hour of a day. */
    static final int COUNT = 24;

    static final Slice ALL = new Slice("ALL", Blob.SNAPSHOTS, null);

    /** The characters of an id, in the order of their bytes. */
    private static final String CHARACTERS = "234567abcdefghijklmnopqrstuvwxyz";

    /** All slices, in the order of their keys. */
    static List<Slice> each() {
        return IntStream.range(0, COUNT)
                .mapToObj(number -> new Slice(
                        "%02d".formatted(number),
                        number == 0 ? Blob.SNAPSHOTS : boundary(number),
                        number == COUNT - 1 ? null : boundary(number + 1)))
                .toList();
    }

    /** The beginning of the first id of a slice: two characters make 1,024 places. */
    private static String boundary(int number) {
        var characters = CHARACTERS.length();
        var place = number * characters * characters / COUNT;
        return Blob.SNAPSHOTS + "s-" + CHARACTERS.charAt(place / characters) + CHARACTERS.charAt(place % characters);
    }

    /** Returns whether a key that comes after {@link #after} belongs to the slice. */
    boolean reaches(String key) {
        return last == null || key.compareTo(last) <= 0;
    }
}
