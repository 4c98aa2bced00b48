package imageferry.copying;

import imageferry.account.AccountId;
import imageferry.account.Caller;
import imageferry.disk.Format;
import imageferry.id.CopyId;
import imageferry.idempotency.ClientToken;
import imageferry.image.ImageName;
import imageferry.image.Labels;
import imageferry.region.Regions;
import imageferry.rule.Code;
import imageferry.rule.Result;
import imageferry.rule.Violation;
import imageferry.snapshot.Blob;
import imageferry.snapshot.SnapshotStore;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Imports an uploaded disk by itself, when its metadata or its tags ask for that by an {@code imageferry-name}. Where both
 * say something of the same thing the metadata are right: they came with the bytes, and tags can be changed at any time. The
 * caller is the account of the key's prefix, which the bucket's policy guards.
 */
public final class ImportUpload {
    private static final String NAME = "imageferry-name";
    private static final String DESCRIPTION = "imageferry-description";
    private static final String FAMILY = "imageferry-family";
    private static final String FORMAT = "imageferry-format";
    private static final String CHECKSUM = "imageferry-expected-checksum";

    private final RequestImport importing;
    private final SnapshotStore store;
    private final Regions regions;

    public ImportUpload(RequestImport importing, SnapshotStore store, Regions regions) {
        this.importing = importing;
        this.store = store;
        this.regions = regions;
    }

    /**
     * An object landed.
     *
     * @param version tells this upload from an earlier or later one of the same key
     * @return the copy that makes the image; empty when nothing was asked for
     */
    public Result<Optional<CopyId>> landed(Blob blob, String version) {
        var account = importer(blob.key());
        var words = account.isEmpty() ? Map.<String, String>of() : words(blob);
        var name = words.get(NAME);
        if (account.isEmpty() || name == null) {
            return Result.accepted(Optional.empty());
        }
        var violations = violations(words);
        if (!violations.isEmpty()) {
            return Result.rejected(violations);
        }
        var labels = new Labels(words.get(DESCRIPTION), words.get(FAMILY), Map.of());
        var claim = Claim.of(words.get(FORMAT), words.get(CHECKSUM));
        var token = new ClientToken("upload-" + hash(version), hash(name + "\n" + labels + "\n" + claim));
        var uploader = "arn:aws:s3:::" + regions.bucket(blob.region()) + "/" + blob.key();
        return importing
                .request(
                        new Caller(account.get(), uploader, account.get().equals(regions.operator())),
                        new RequestImport.Request(
                                blob.region().name(), new ImageName(name), blob.key(), claim, labels, token))
                .map(Optional::of);
    }

    private static Optional<AccountId> importer(String key) {
        var parts = key.split("/", 3);
        return parts.length == 3 && parts[0].equals("imports") && AccountId.isOne(parts[1])
                ? Optional.of(new AccountId(parts[1]))
                : Optional.empty();
    }

    /** What the upload says of itself; nothing when it is gone again. */
    private Map<String, String> words(Blob blob) {
        return store.look(blob)
                .map(facts -> {
                    var words = new HashMap<>(store.tags(blob));
                    words.putAll(facts.metadata());
                    return Map.copyOf(words);
                })
                .orElse(Map.of());
    }

    private static List<Violation> violations(Map<String, String> words) {
        var name = "2–128 characters, first a letter, then letters, digits, . : _ -";
        return Stream.of(
                        broken(words, NAME, ImageName::isOne, Code.INVALID_IMAGE_NAME, name),
                        broken(words, FAMILY, ImageName::isOne, Code.INVALID_PARAMETER, name),
                        broken(
                                words,
                                DESCRIPTION,
                                Labels::isDescription,
                                Code.INVALID_DESCRIPTION,
                                "2 to 256 characters without control characters"),
                        broken(
                                words,
                                FORMAT,
                                text -> Format.of(text).isPresent(),
                                Code.INVALID_PARAMETER,
                                "one of "
                                        + Stream.of(Format.values())
                                                .map(Format::toString)
                                                .collect(Collectors.joining(", "))),
                        broken(
                                words,
                                CHECKSUM,
                                Claim::isChecksum,
                                Code.INVALID_PARAMETER,
                                "the output of ./imageferry checksum FILE, or the SHA-256 of the file in hex or base64"))
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<Violation> broken(
            Map<String, String> words, String word, Predicate<String> rule, Code code, String demand) {
        return Optional.ofNullable(words.get(word))
                .filter(rule.negate())
                .map(text -> Violation.of(
                        code, word, text, "The upload says " + word + " \"" + text + "\"; give " + demand));
    }

    private static String hash(String text) {
        return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8)).toString();
    }
}
