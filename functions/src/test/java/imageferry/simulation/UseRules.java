package imageferry.simulation;

import imageferry.ledger.Item;
import imageferry.simulation.WiredLedger.Alteration;
import java.util.Set;

/** Rules 0, 5, 8, 9 and 12: uses of an image, and the tickets. */
final class UseRules {
    private final Verdict verdict;
    private final Table table;

    UseRules(Verdict verdict, Table table) {
        this.verdict = verdict;
        this.table = table;
    }

    void check(Changes changes) {
        changes.of("INSTANCE#", "INSTANCE")
                .filter(change -> change.after().isPresent())
                .forEach(change -> checkUse(change.after().get()));
        changes.of("IMAGE#", "SHARE#")
                .filter(change -> change.before().isEmpty() && change.after().isPresent())
                .forEach(change -> checkShare(change.after().get()));
        changes.of("TICKET#", "TICKET").forEach(this::checkTicket);
    }

    private void checkUse(Item instance) {
        var id = instance.text("imageId");
        var image = table.image(id);
        verdict.require(
                image.filter(used -> Set.of("Available", "Deprecated").contains(used.text("status")))
                        .filter(used -> used.text("region").equals(instance.text("region")))
                        .isPresent(),
                "Only a usable image of the same region is booted from",
                () -> instance + " from " + image);
        verdict.require(
                image.filter(used -> used.text("owner").equals(instance.text("owner"))
                                || !used.text("publication").equals("PRIVATE")
                                || table.read("IMAGE#" + id, "SHARE#" + instance.text("owner"))
                                        .isPresent())
                        .isPresent(),
                "Nobody boots from what is neither theirs nor shared nor public",
                () -> instance + " from " + image);
    }

    private void checkShare(Item share) {
        var image = table.image(share.text("imageId"));
        verdict.require(
                image.filter(shared -> shared.text("status").equals("Available"))
                        .filter(shared -> !shared.text("owner").equals(share.text("account")))
                        .isPresent(),
                "Only an available image is shared, and with others",
                () -> share + " of " + image);
    }

    private void checkTicket(Alteration change) {
        verdict.require(
                change.before().isEmpty() || change.before().get().text("state").equals("Open"),
                "A ticket is decided once",
                () -> change);
        verdict.require(change.after().isPresent(), "A ticket is never deleted", () -> change);
    }
}
