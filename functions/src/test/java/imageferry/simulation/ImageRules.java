package imageferry.simulation;

import imageferry.ledger.Item;
import imageferry.simulation.WiredLedger.Alteration;
import java.util.Map;
import java.util.Set;

/** Rules 3, 4, 7, 8 and 10: an image's states, its name, its place in the quota and its lock. */
final class ImageRules {
    private static final Map<String, Set<String>> LEADS_TO = Map.of(
            "Waiting", Set.of("Waiting", "Creating", "UnAvailable", "CreateFailed"),
            "Creating", Set.of("Creating", "Available", "UnAvailable", "CreateFailed"),
            "Available", Set.of("Available", "Deprecated", "Recycled", "Deleting"),
            "Deprecated", Set.of("Deprecated", "Available", "Recycled", "Deleting"),
            "Recycled", Set.of("Recycled", "Available", "Deprecated", "Deleting"),
            "UnAvailable", Set.of("UnAvailable", "Deleting"),
            "CreateFailed", Set.of("CreateFailed", "Deleting"),
            "Deleting", Set.of("Deleting"));

    private final HistorySettings setting;
    private final Verdict verdict;
    private final Contents contents;

    ImageRules(HistorySettings setting, Verdict verdict, Contents contents) {
        this.setting = setting;
        this.verdict = verdict;
        this.contents = contents;
    }

    void check(Changes changes) {
        changes.of("IMAGE#", "IMAGE").forEach(change -> check(change, changes));
        changes.of("NAME#", "")
                .forEach(change -> verdict.require(
                        change.before().isEmpty() || change.after().isEmpty() || passesOver(change, changes),
                        "A name belongs to one image at a time",
                        () -> change));
        changes.of("QUOTA#", "").forEach(change -> {
            checkQuota(change, "count", setting.imagesPerRegion());
            checkQuota(change, "running", setting.copiesPerRegion());
            checkQuota(change, "recycled", setting.imagesPerRegion());
        });
    }

    /** Returns whether a name moves from an image that gives up its place in the quotas to a new one that takes none. */
    private static boolean passesOver(Alteration name, Changes changes) {
        var from = "IMAGE#" + name.before().orElseThrow().text("imageId");
        var to = "IMAGE#" + name.after().orElseThrow().text("imageId");
        return changes.before(from, "IMAGE")
                        .filter(image -> image.flag("reserves"))
                        .isPresent()
                && changes.after(from, "IMAGE")
                        .filter(image -> !image.flag("reserves"))
                        .isPresent()
                && changes.before(to, "IMAGE").isEmpty()
                && changes.after(to, "IMAGE")
                        .filter(image -> image.flag("reserves"))
                        .isPresent()
                && changes.of("QUOTA#", "").findAny().isEmpty();
    }

    private void checkQuota(Alteration change, String of, long limit) {
        var before =
                (long) change.before().flatMap(item -> item.maybeNumber(of)).orElse(0L);
        var after = (long) change.after().flatMap(item -> item.maybeNumber(of)).orElse(0L);
        verdict.require(after >= 0, "No quota is given back twice", () -> change);
        verdict.require(after <= before || after <= limit, "No quota is overshot", () -> change);
    }

    private void check(Alteration change, Changes changes) {
        if (change.after().isEmpty()) {
            verdict.require(
                    change.before()
                            .filter(image -> image.text("status").equals("Deleting"))
                            .isPresent(),
                    "An image goes after its deletion was decided",
                    () -> change);
            return;
        }
        var after = change.after().get();
        var status = after.text("status");
        if (change.before().isEmpty()) {
            verdict.require(status.equals("Waiting"), "An image begins by waiting", () -> after);
            return;
        }
        var before = change.before().get();
        verdict.require(
                LEADS_TO.get(before.text("status")).contains(status),
                "An image has no way back",
                () -> "from " + before + " to " + after);
        if (status.equals("Available") && before.text("status").equals("Creating")) {
            checkBirth(after, changes);
        }
        if (Set.of("Recycled", "Deleting").contains(status)
                && !before.text("status").equals(status)) {
            verdict.require(before.texts("copyingTo").isEmpty(), "A source is locked while it is copied", () -> before);
        }
        checkLock(before, after, changes);
        verdict.require(
                after.number("shareCount") <= Math.max(setting.sharesPerImage(), before.number("shareCount")),
                "An image has no more shares than allowed",
                () -> after);
    }

    private void checkBirth(Item image, Changes changes) {
        var copy = changes.after("COPY#" + image.text("copyId"), "COPY");
        verdict.require(
                copy.filter(made -> made.text("status").equals("Available")).isPresent(),
                "An image becomes available with its copy",
                () -> image);
        copy.ifPresent(made -> verdict.require(
                contents.areOf(made.text("region"), "snapshots/" + image.text("snapshotId"), made.text("sourceETag")),
                "A proven image has its source's bytes",
                () -> image));
    }

    /** A copy's first commit sets its lock, and its end releases it. */
    private void checkLock(Item before, Item after, Changes changes) {
        for (var copy : after.texts("copyingTo")) {
            verdict.require(
                    before.texts("copyingTo").contains(copy)
                            || before.text("status").equals("Available"),
                    "Only an available image is locked",
                    () -> before);
        }
        for (var copy : before.texts("copyingTo")) {
            verdict.require(
                    after.texts("copyingTo").contains(copy)
                            || changes.after("COPY#" + copy, "COPY")
                                    .filter(ended -> CopyRules.ENDED.contains(ended.text("status")))
                                    .isPresent(),
                    "A copy's lock goes with its end",
                    () -> copy + " of " + before);
        }
    }
}
