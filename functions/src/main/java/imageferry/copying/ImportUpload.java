package imageferry.copying;

import imageferry.account.AccountId;
import imageferry.account.Caller;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Imports an uploaded disk by itself, when its metadata asks for that by an {@code imageferry-name}. The caller is the
 * account of the key's prefix, which the bucket's policy guards.
 */
public final class ImportUpload {
    private static final String NAME = "imageferry-name";
    private static final String DESCRIPTION = "imageferry-description";
    private static final String FAMILY = "imageferry-family";

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
        var metadata = store.look(blob).map(facts -> facts.metadata()).orElse(Map.of());
        var name = metadata.get(NAME);
        if (account.isEmpty() || name == null) {
            return Result.accepted(Optional.empty());
        }
        var labels = new Labels(metadata.get(DESCRIPTION), metadata.get(FAMILY), Map.of());
        var violations = violations(name, labels);
        if (!violations.isEmpty()) {
            return Result.rejected(violations);
        }
        var token = new ClientToken("upload-" + hash(version), hash(name + "\n" + labels));
        var uploader = "arn:aws:s3:::" + regions.bucket(blob.region()) + "/" + blob.key();
        return importing
                .request(
                        new Caller(account.get(), uploader, account.get().equals(regions.operator())),
                        new RequestImport.Request(blob.region().name(), new ImageName(name), blob.key(), labels, token))
                .map(Optional::of);
    }

    private static Optional<AccountId> importer(String key) {
        var parts = key.split("/", 3);
        return parts.length == 3 && parts[0].equals("imports") && AccountId.isOne(parts[1])
                ? Optional.of(new AccountId(parts[1]))
                : Optional.empty();
    }

    private static List<Violation> violations(String name, Labels labels) {
        var violations = new ArrayList<Violation>();
        notAName(Code.INVALID_IMAGE_NAME, NAME, name).ifPresent(violations::add);
        notAName(Code.INVALID_PARAMETER, FAMILY, labels.family()).ifPresent(violations::add);
        var description = labels.description();
        if (description != null && (description.length() < 2 || description.length() > 256)) {
            violations.add(Violation.of(
                    Code.INVALID_DESCRIPTION,
                    DESCRIPTION,
                    description,
                    "The metadata " + DESCRIPTION + " has " + description.length() + " characters; give 2 to 256"));
        }
        return violations;
    }

    private static Optional<Violation> notAName(Code code, String field, @Nullable String text) {
        return text == null || ImageName.isOne(text)
                ? Optional.empty()
                : Optional.of(Violation.of(
                        code,
                        field,
                        text,
                        "The metadata " + field + " is \"" + text + "\"; give 2–128 characters, first a letter, then"
                                + " letters, digits, . : _ -"));
    }

    private static String hash(String text) {
        return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8)).toString();
    }
}
