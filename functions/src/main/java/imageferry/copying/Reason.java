package imageferry.copying;

import imageferry.account.AccountId;
import imageferry.rule.Code;
import imageferry.rule.Count;
import imageferry.rule.Violation;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** The reason of a copy's end: a code and a sentence that a person can act on. */
public record Reason(String code, String detail) {
    /** The bytes differ from the expected ones; none of them may be used again. */
    public static final String CORRUPT = "SnapshotCorrupt";
    /** The uploaded bytes do not have the checksum that their owner named. */
    public static final String CHECKSUM_MISMATCH = Code.CHECKSUM_MISMATCH.toString();
    /** The source changed since the request; parts of two versions may not be mixed. */
    public static final String SOURCE_CHANGED = "SourceChanged";
    /** The open upload was removed by something outside the copy. */
    public static final String UPLOAD_GONE = "UploadGone";
    /** The store refused permanently. */
    public static final String STORE_REFUSED = "StoreRefused";
    /** The bucket of the target region is not proven to be this installation's. */
    public static final String REGION_OF_ANOTHER_INSTALLATION = "RegionOfAnotherInstallation";
    /** The operator decided against it. */
    public static final String TICKET_REJECTED = "OperationDenied.TicketRejected";
    /** Nobody decided on the ticket in time. */
    public static final String APPROVAL_EXPIRED = "ApprovalExpired";
    /** A service that the workflow needs stayed unreachable for longer than it waits. */
    public static final String UNAVAILABLE = "TemporarilyUnavailable";
    /** A step took longer than it may. */
    public static final String TIMED_OUT = "WorkflowTimedOut";
    /** The owner cancelled the copy. */
    public static final String CANCELLED = "CopyCancelled";
    /** The workflow was stopped, timed out or broke before it could settle the copy. */
    public static final String EXECUTION_ENDED = "ExecutionEnded";

    /** The reason why a copy pends. It is not a reason of an end, but callers look for it in the same place. */
    public static Reason pending(Copy copy, AccountId operator) {
        return new Reason(
                copy.status().toString(),
                needsApproval(copy) + ". The operator, account "
                        + operator
                        + ", approves or rejects ticket " + copy.workflow().ticket()
                        + "; without a decision in 30 days the copy fails. POST /images/" + copy.image()
                        + "/cancel-copy cancels it");
    }

    private static String needsApproval(Copy copy) {
        return switch (copy.workflow().ticketKind()) {
            case IMAGE_SIZE -> "A copy of " + Count.of(copy.bytesTotal(), "byte") + " needs approval";
            case BYTES_PER_MONTH ->
                "The request would move more bytes between regions than account " + copy.owner()
                        + " may move in a month without approval, so all its copies need approval; GET /usage shows the limit";
        };
    }

    public static Reason of(Violation violation) {
        return new Reason(violation.code().toString(), violation.detail());
    }

    /** Returns a reason with the code of the first violation and the messages of all. */
    public static Reason of(List<Violation> violations) {
        return new Reason(
                violations.getFirst().code().toString(),
                violations.stream().map(Violation::detail).collect(Collectors.joining(". ")));
    }

    /** Returns a reason with the message of a permanent failure. */
    public static Reason of(String code, RuntimeException failure) {
        return new Reason(code, Objects.requireNonNullElse(failure.getMessage(), failure.toString()));
    }

    /** The reverse of {@link #toString}; a text of another form becomes the detail of an {@code InternalError}. */
    public static Reason parse(String text) {
        var colon = text.indexOf(": ");
        return colon > 0 && text.substring(0, colon).matches("[A-Za-z]+(\\.[A-Za-z]+)?")
                ? new Reason(text.substring(0, colon), text.substring(colon + 2))
                : new Reason("InternalError", text);
    }

    @Override
    public String toString() {
        return code + ": " + detail;
    }
}
