package imageferry.simulation;

import imageferry.ledger.Item;
import imageferry.region.Region;
import java.util.Optional;

/** A copy fails for a reason: without external faults there are no failures inside. */
final class FailureRules {
    private static final String RULE = "A copy fails for a reason";

    private final Verdict verdict;
    private final Table table;
    private final FaultInjector troubles;
    private final Users users;
    private final Neighbour neighbour;

    FailureRules(World world, Users users) {
        this.verdict = world.verdict;
        this.table = world.table;
        this.troubles = world.troubles;
        this.users = users;
        this.neighbour = world.neighbour;
    }

    void check() {
        table.copies().stream()
                .filter(copy -> copy.text("status").equals("Failed"))
                .forEach(
                        copy -> verdict.require(isExplained(copy), RULE, () -> copy + " after " + troubles.happened()));
        table.copies().stream()
                .filter(copy -> copy.text("status").equals("Cancelled"))
                .forEach(copy -> verdict.require(
                        reason(copy).equals("CopyCancelled")
                                && copy.text("endedBy").startsWith("arn:"),
                        "A copy is cancelled by somebody",
                        () -> copy));
    }

    private static String reason(Item copy) {
        return copy.nested("reason").map(reason -> reason.text("code")).orElse("none");
    }

    private boolean isExplained(Item copy) {
        return switch (reason(copy)) {
            case "SourceChanged" -> isChangedUpload(copy);
            case "SnapshotCorrupt" -> troubles.count(OutsideFault.FLIPPED_BIT) > 0;
            case "OperationDenied.TicketRejected" -> isTicket(copy, "Rejected");
            case "ExecutionEnded" -> users.stoppedExecutions() || troubles.any();
            // Other requests had the name, or the last place in a quota, at that moment.
            case "InvalidImageName.Duplicated", "QuotaExceed.Image", "QuotaExceed.Copy" -> copy.flag("refused");
            case "RegionOfAnotherInstallation" ->
                neighbour.region().map(Region::name).equals(Optional.of(copy.text("region")));
            case "UploadGone", "StoreRefused", "IncorrectImageStatus", "WorkflowTimedOut" -> false;
            default -> troubles.any();
        };
    }

    /** Its upload was overwritten, deleted, or became another image meanwhile; an image's bytes never change. */
    private boolean isChangedUpload(Item copy) {
        return !copy.has("sourceImageId")
                && (users.changedUploads()
                        || table.copies().stream()
                                .anyMatch(other -> other.text("status").equals("Available")
                                        && other.text("sourceETag").equals(copy.text("sourceETag"))));
    }

    private boolean isTicket(Item copy, String state) {
        return table.read("TICKET#" + copy.text("ticketId"), "TICKET")
                .filter(ticket -> ticket.text("state").equals(state))
                .isPresent();
    }
}
