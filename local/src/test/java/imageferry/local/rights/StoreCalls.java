package imageferry.local.rights;

import static java.util.Map.entry;

import java.util.Map;
import java.util.Set;

/**
 * The objects that each place in the code means when it calls the store, which no type shows. Too many objects here
 * fail {@link EveryRightIsUsedCheck}, because no run uses the right for them.
 */
final class StoreCalls {
    static final Set<String> SNAPSHOTS = Set.of("snapshots/");
    private static final Set<String> UPLOADS = Set.of("imports/");
    static final Set<String> LEDGER = Set.of("ledger");
    private static final Set<String> BOTH = Set.of("snapshots/", "imports/");

    /** By the calling and the called method. For a copied part it is the source. */
    static final Map<String, Set<String>> OBJECTS = Map.ofEntries(
            entry("AdoptBucket.adopt calls list", SNAPSHOTS),
            entry("ClaimedChecksum.isTheStores calls wholeSha256", UPLOADS),
            entry("CompleteSnapshotCopy.complete calls look", SNAPSHOTS),
            entry("CompleteSnapshotCopy.join calls look", SNAPSHOTS),
            entry("CompleteSnapshotCopy.make calls complete", SNAPSHOTS),
            entry("CompleteSnapshotCopy.prove calls abort", SNAPSHOTS),
            entry("CompleteSnapshotCopy.prove calls look", SNAPSHOTS),
            entry("CompleteSnapshotCopy.prove calls parts", SNAPSHOTS),
            // An upload has no parts of ours, and its parts are not listed.
            entry("CompleteSnapshotCopy.reference calls parts", SNAPSHOTS),
            entry("CompleteSnapshotCopy.strays calls uploads", SNAPSHOTS),
            entry("CompleteSnapshotCopy.uploaded calls uploadedParts", SNAPSHOTS),
            entry("ConfirmRestore.description calls look", SNAPSHOTS),
            entry("CopySnapshotParts.gone calls look", SNAPSHOTS),
            entry("CopySnapshotParts.present calls uploadedParts", SNAPSHOTS),
            entry("CreateImage.finish calls deleteUnchanged", UPLOADS),
            entry("Deletions.abort calls abort", SNAPSHOTS),
            entry("Deletions.delete calls delete", SNAPSHOTS),
            entry("FindBase.checksums calls parts", SNAPSHOTS),
            entry("FindBase.compared calls look", SNAPSHOTS),
            entry("FindBase.uploaded calls uploadedParts", SNAPSHOTS),
            entry("ImagesOfRegion.addMade calls list", SNAPSHOTS),
            entry("ImagesOfRegion.unknown calls list", SNAPSHOTS),
            entry("ImportUpload.words calls look", UPLOADS),
            entry("ImportUpload.words calls tags", UPLOADS),
            entry("LostUploads.candidates calls list", UPLOADS),
            entry("LostUploads.eTag calls look", UPLOADS),
            entry("Ownership.acquire calls createText", LEDGER),
            entry("Ownership.adopt calls replaceText", LEDGER),
            entry("Ownership.isEmpty calls list", SNAPSHOTS),
            entry("Ownership.of calls text", LEDGER),
            entry("PartCopier.copy calls copyPart", BOTH),
            entry("Quarantine.add calls tag", SNAPSHOTS),
            entry("Quarantine.isTagged calls tags", SNAPSHOTS),
            entry("Quarantine.release calls tag", SNAPSHOTS),
            entry("RequestCopies.request calls look", SNAPSHOTS),
            entry("RestorePolicies.requiresBytes calls look", SNAPSHOTS),
            entry("ResumeRestored.resume calls look", SNAPSHOTS),
            entry("RetryCopy.retry calls look", SNAPSHOTS),
            entry("SettleCopy.remove calls uploads", SNAPSHOTS),
            entry("StartSnapshotCopy.findUpload calls uploads", SNAPSHOTS),
            entry("StartSnapshotCopy.noted calls uploadedParts", SNAPSHOTS),
            entry("StartSnapshotCopy.open calls abort", SNAPSHOTS),
            entry("StartSnapshotCopy.openNew calls open", SNAPSHOTS),
            entry("StartSnapshotCopy.start calls look", BOTH),
            entry("SweepOrphans.page calls list", SNAPSHOTS),
            entry("SweepOrphans.removeIfDue calls look", SNAPSHOTS),
            entry("SweepOrphans.sweepRemain calls look", SNAPSHOTS),
            entry("SweepUploads.sweep calls uploads", SNAPSHOTS),
            entry("SystemDisks.disk calls link", SNAPSHOTS),
            entry("RefusedImports.isThere calls look", UPLOADS),
            entry("RefusedImports.tag calls tag", UPLOADS),
            entry("RefusedImports.tag calls tags", UPLOADS),
            entry("UploadPolicies.looked calls look", UPLOADS),
            entry("UploadedDisk.read calls read", UPLOADS),
            entry("ValidateCopy.bytesBroken calls look", BOTH));

    private StoreCalls() {}
}
