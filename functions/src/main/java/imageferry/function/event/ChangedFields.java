package imageferry.function.event;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The fields of an image that a change of its record changed, by the names that callers know them by. */
final class ChangedFields {
    private static final List<String> KEPT_UNDER_THEIR_NAME =
            List.of("name", "description", "family", "tags", "status", "protected", "productCode");

    private ChangedFields() {}

    static List<String> of(StreamEvent.Change change) {
        return Stream.concat(
                        KEPT_UNDER_THEIR_NAME.stream().filter(change::differs),
                        Stream.of("public").filter(field -> publicNow(change) != publicBefore(change)))
                .toList();
    }

    private static boolean publicNow(StreamEvent.Change change) {
        return change.text("publication").equals(Optional.of("PUBLIC"));
    }

    private static boolean publicBefore(StreamEvent.Change change) {
        return change.formerText("publication").equals(Optional.of("PUBLIC"));
    }
}
