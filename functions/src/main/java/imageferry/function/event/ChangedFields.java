package imageferry.function.event;

import static imageferry.image.ImageRecord.DESCRIPTION;
import static imageferry.image.ImageRecord.FAMILY;
import static imageferry.image.ImageRecord.NAME;
import static imageferry.image.ImageRecord.PRODUCT_CODE;
import static imageferry.image.ImageRecord.PROTECTED;
import static imageferry.image.ImageRecord.PUBLICATION;
import static imageferry.image.ImageRecord.STATUS;
import static imageferry.image.ImageRecord.TAGS;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The fields of an image that a change of its record changed, by their names in the API. */
final class ChangedFields {
    private static final List<String> KEPT_UNDER_THEIR_NAME =
            List.of(NAME, DESCRIPTION, FAMILY, TAGS, STATUS, PROTECTED, PRODUCT_CODE);

    private ChangedFields() {}

    static List<String> of(StreamEvent.Change change) {
        return Stream.concat(
                        KEPT_UNDER_THEIR_NAME.stream().filter(change::differs),
                        Stream.of("public").filter(field -> publicNow(change) != publicBefore(change)))
                .toList();
    }

    private static boolean publicNow(StreamEvent.Change change) {
        return change.text(PUBLICATION).equals(Optional.of("PUBLIC"));
    }

    private static boolean publicBefore(StreamEvent.Change change) {
        return change.formerText(PUBLICATION).equals(Optional.of("PUBLIC"));
    }
}
