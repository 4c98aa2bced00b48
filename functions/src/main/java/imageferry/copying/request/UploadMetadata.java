package imageferry.copying.request;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toMap;

import imageferry.copying.Claim;
import imageferry.copying.Source;
import imageferry.disk.Format;
import imageferry.image.ImageName;
import imageferry.image.Labels;
import imageferry.rule.Code;
import imageferry.rule.Result;
import imageferry.rule.Violation;
import imageferry.snapshot.Blob;
import imageferry.snapshot.EncodedWords;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The request that an upload makes in its metadata and tags. The metadata win over the tags: they came with the bytes,
 * and tags can be changed at any time.
 */
record UploadMetadata(Map<String, String> words) {
    private static final String NAME = "imageferry-name";
    private static final String DESCRIPTION = "imageferry-description";
    private static final String FAMILY = "imageferry-family";
    private static final String FORMAT = "imageferry-format";
    private static final String CHECKSUM = "imageferry-expected-checksum";
    private static final String KEEP = "imageferry-keep-upload";

    /** The import that an upload asks for. */
    record Wish(ImageName name, Labels labels, Claim claim, boolean keepUpload) {
        Source.OfUpload source(Blob upload) {
            return new Source.OfUpload(upload, claim, keepUpload);
        }
    }

    /** @param metadata as the store returns them, with text beyond ASCII as encoded words */
    static UploadMetadata of(Map<String, String> tags, Map<String, String> metadata) {
        var words = new HashMap<>(tags);
        words.putAll(metadata.entrySet().stream()
                .collect(toMap(
                        Map.Entry::getKey, entry -> EncodedWords.corrected(EncodedWords.decode(entry.getValue())))));
        return new UploadMetadata(Map.copyOf(words));
    }

    /** Returns whether the metadata ask for an import at all. */
    boolean ask() {
        return words.containsKey(NAME);
    }

    /** The requested import, or every malformed part of it. */
    Result<Wish> wish() {
        var name = "2–128 characters, first a letter, then letters, digits, . : _ -";
        var violations = Stream.of(
                        broken(NAME, ImageName::isOne, Code.INVALID_IMAGE_NAME, name),
                        broken(FAMILY, ImageName::isOne, Code.INVALID_PARAMETER, name),
                        broken(
                                DESCRIPTION,
                                Labels::isDescription,
                                Code.INVALID_DESCRIPTION,
                                "2 to 256 characters without control characters"),
                        broken(
                                FORMAT,
                                text -> Format.of(text).isPresent(),
                                Code.INVALID_PARAMETER,
                                "one of "
                                        + Stream.of(Format.values())
                                                .map(Format::toString)
                                                .collect(joining(", "))),
                        broken(
                                CHECKSUM,
                                Claim::isChecksum,
                                Code.INVALID_PARAMETER,
                                "the output of ./imageferry checksum FILE, or the SHA-256 of the file in hex or base64"),
                        broken(KEEP, Set.of("true", "false")::contains, Code.INVALID_PARAMETER, "true or false"))
                .flatMap(Optional::stream)
                .toList();
        return violations.isEmpty() ? Result.accepted(sound()) : Result.rejected(violations);
    }

    private Wish sound() {
        return new Wish(
                new ImageName(words.getOrDefault(NAME, "")),
                new Labels(words.get(DESCRIPTION), words.get(FAMILY), Map.of()),
                Claim.of(words.get(FORMAT), words.get(CHECKSUM)),
                "true".equals(words.get(KEEP)));
    }

    private Optional<Violation> broken(String word, Predicate<String> rule, Code code, String demand) {
        return Optional.ofNullable(words.get(word))
                .filter(rule.negate())
                .map(text -> Violation.of(
                        code, word, text, "The upload says " + word + " \"" + text + "\"; give " + demand));
    }
}
