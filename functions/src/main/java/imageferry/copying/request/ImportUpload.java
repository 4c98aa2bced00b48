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
 * Imports an uploaded disk by itself, when its metadata or its tags ask for that by an {@code imageferry-name}. The
 * caller is the account of the key's prefix, which the bucket's policy guards. A refusal is recorded where that account
 * can see it.
 */
public record ImportUpload(
        SnapshotStore store,
        Regions regions,
        Copies copies,
        UploadEvents events,
        UploadImport importing,
        RefusedImports refused) {
    public sealed interface Outcome {
        /** The object requested no import, or no longer exists. */
        record Nothing() implements Outcome {}

        record Importing(CopyId copy) implements Outcome {}

        /** @param copy the failed copy, which has the reason */
        record Refused(CopyId copy, Reason reason) implements Outcome {}
    }

    /** Handles an uploaded object; a repeated event leads to the same copy. */
    public Outcome handle(UploadEvent event) {
        return importer(event.blob().key())
                .map(account -> handle(caller(account, event), event))
                .orElseGet(Outcome.Nothing::new);
    }

    private static Optional<AccountId> importer(String key) {
        var parts = key.split("/", 3);
        return parts.length == 3 && parts[0].equals("imports") && AccountId.isOne(parts[1]) && !parts[2].isEmpty()
                ? Optional.of(new AccountId(parts[1]))
                : Optional.empty();
    }

    private Caller caller(AccountId account, UploadEvent event) {
        var blob = event.blob();
        return new Caller(
                account,
                "arn:aws:s3:::" + regions.bucket(blob.region()) + "/" + blob.key(),
                account.equals(regions.operator()));
    }

    private Outcome handle(Caller caller, UploadEvent event) {
        return events.answered(caller, event)
                .map(copy -> told(event, copy))
                .or(() -> words(event).filter(UploadMetadata::ask).map(words -> imported(caller, event, words)))
                .orElseGet(Outcome.Nothing::new);
    }

    /** The metadata of the object that is stored now; empty when there is none. */
    private Optional<UploadMetadata> words(UploadEvent event) {
        try {
            return store.look(event.blob()).map(facts -> words(event, facts.metadata()));
        } catch (UnreadableObject _) {
            // Read only the tags: the metadata are also encrypted with the uploader's key.
            return Optional.of(words(event, Map.of()));
        }
    }

    private UploadMetadata words(UploadEvent event, Map<String, String> metadata) {
        return UploadMetadata.of(store.tags(event.blob()), metadata);
    }

    private Outcome imported(Caller caller, UploadEvent event, UploadMetadata words) {
        try {
            return switch (words.wish().then(wish -> importing.request(caller, event, wish))) {
                case Result.Accepted<CopyId>(var copy) -> told(event, copy);
                case Result.Rejected<CopyId>(var violations) when isGone(violations) -> new Outcome.Nothing();
                case Result.Rejected<CopyId>(var violations) -> refused(caller, event, Reason.of(violations));
            };
        } catch (SourceChanged overwritten) {
            return refused(
                    caller,
                    event,
                    new Reason(
                            Reason.SOURCE_CHANGED,
                            "The upload " + event.blob()
                                    + " was overwritten before its import began; what was uploaded"
                                    + " last is imported by itself, if it asks for that"));
        }
    }

    private static boolean isGone(List<Violation> violations) {
        return violations.stream().anyMatch(violation -> violation.code() == Code.IMPORT_KEY_NOT_FOUND);
    }

    private Outcome refused(Caller caller, UploadEvent event, Reason reason) {
        return told(event, refused.put(caller, event, reason));
    }

    /** Also where an earlier call ended before it could tag the upload. */
    private Outcome told(UploadEvent event, CopyId id) {
        var copy = copies.require(id);
        var reason = copy.reason();
        if (!copy.end().refused() || reason == null) {
            return new Outcome.Importing(id);
        }
        refused.tag(event, reason);
        return new Outcome.Refused(id, reason);
    }
}
