package imageferry.copying.request;

import imageferry.account.AccountId;
import imageferry.account.Caller;
import imageferry.copying.Copies;
import imageferry.copying.Reason;
import imageferry.id.CopyId;
import imageferry.region.Regions;
import imageferry.rule.Code;
import imageferry.rule.Result;
import imageferry.rule.Violation;
import imageferry.snapshot.SnapshotStore;
import imageferry.snapshot.SourceChanged;
import imageferry.snapshot.UnreadableObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Imports an uploaded disk by itself, when its metadata or its tags ask for that by an {@code imageferry-name}. The caller is
 * the account of the key's prefix, which the bucket's policy guards. What is refused is put where that account can see it.
 */
public final class ImportUpload {
    private final SnapshotStore store;
    private final Regions regions;
    private final Copies copies;
    private final Landings landings;
    private final LandedImport importing;
    private final RefusedImports refused;

    ImportUpload(
            SnapshotStore store,
            Regions regions,
            Copies copies,
            Landings landings,
            LandedImport importing,
            RefusedImports refused) {
        this.store = store;
        this.regions = regions;
        this.copies = copies;
        this.landings = landings;
        this.importing = importing;
        this.refused = refused;
    }

    /** The outcome for an upload that landed. */
    public sealed interface Outcome {
        /** It asked for nothing, or is gone again. */
        record Nothing() implements Outcome {}

        record Importing(CopyId copy) implements Outcome {}

        /** @param copy the failed one, which tells the reason */
        record Refused(CopyId copy, Reason reason) implements Outcome {}
    }

    /** An object landed; the same event may come again, and leads to the same copy. */
    public Outcome landed(Landing landing) {
        return importer(landing.blob().key())
                .map(account -> landed(caller(account, landing), landing))
                .orElseGet(Outcome.Nothing::new);
    }

    private static Optional<AccountId> importer(String key) {
        var parts = key.split("/", 3);
        return parts.length == 3 && parts[0].equals("imports") && AccountId.isOne(parts[1]) && !parts[2].isEmpty()
                ? Optional.of(new AccountId(parts[1]))
                : Optional.empty();
    }

    private Caller caller(AccountId account, Landing landing) {
        var blob = landing.blob();
        return new Caller(
                account,
                "arn:aws:s3:::" + regions.bucket(blob.region()) + "/" + blob.key(),
                account.equals(regions.operator()));
    }

    private Outcome landed(Caller caller, Landing landing) {
        return landings.answered(caller, landing)
                .map(copy -> told(landing, copy))
                .or(() -> words(landing).filter(UploadWords::ask).map(words -> imported(caller, landing, words)))
                .orElseGet(Outcome.Nothing::new);
    }

    /** The metadata of the object that is stored now; empty when there is none. */
    private Optional<UploadWords> words(Landing landing) {
        try {
            return store.look(landing.blob()).map(facts -> words(landing, facts.metadata()));
        } catch (UnreadableObject _) {
            // Its metadata are under the uploader's key, too; its tags are not.
            return Optional.of(words(landing, Map.of()));
        }
    }

    private UploadWords words(Landing landing, Map<String, String> metadata) {
        return UploadWords.of(store.tags(landing.blob()), metadata);
    }

    private Outcome imported(Caller caller, Landing landing, UploadWords words) {
        try {
            return switch (words.wish().then(wish -> importing.request(caller, landing, wish))) {
                case Result.Accepted<CopyId>(var copy) -> told(landing, copy);
                case Result.Rejected<CopyId>(var violations) when isGone(violations) -> new Outcome.Nothing();
                case Result.Rejected<CopyId>(var violations) -> refused(caller, landing, Reason.of(violations));
            };
        } catch (SourceChanged overwritten) {
            return refused(
                    caller,
                    landing,
                    new Reason(
                            Reason.SOURCE_CHANGED,
                            "The upload " + landing.blob()
                                    + " was overwritten before its import began; what was uploaded"
                                    + " last is imported by itself, if it asks for that"));
        }
    }

    private static boolean isGone(List<Violation> violations) {
        return violations.stream().anyMatch(violation -> violation.code() == Code.IMPORT_KEY_NOT_FOUND);
    }

    private Outcome refused(Caller caller, Landing landing, Reason reason) {
        return told(landing, refused.put(caller, landing, reason));
    }

    /** Also where an earlier call ended before it could tag the upload. */
    private Outcome told(Landing landing, CopyId id) {
        var copy = copies.require(id);
        var reason = copy.reason();
        if (!copy.end().refused() || reason == null) {
            return new Outcome.Importing(id);
        }
        refused.tag(landing, reason);
        return new Outcome.Refused(id, reason);
    }
}
