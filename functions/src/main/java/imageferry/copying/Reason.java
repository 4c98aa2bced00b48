package imageferry.copying;

import imageferry.account.AccountId;
import imageferry.rule.Code;
import imageferry.rule.Count;
import imageferry.rule.Violation;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** Why a copy ended as it did: a code and a sentence that a person can act on. */
public record Reason(String code, String detail) {
    /** The bytes were not what they had to be; none of them may be used again. */
    public static final String CORRUPT = "SnapshotCorrupt";
    /** The bytes that were uploaded are not those that their owner meant. */
    public static final String CHECKSUM_MISMATCH = Code.CHECKSUM_MISMATCH.toString();
    /** The source is no longer what was asked for; its parts may not be mixed with another's. */
    public static final String SOURCE_CHANGED = "SourceChanged";
    /** The open upload was removed by something outside the copy. */
    public static final String UPLOAD_GONE = "UploadGone";
    /** The store said no permanently. */
    public static final String STORE_REFUSED = "StoreRefused";
    /** The operator decided against it. */
    public static final String TICKET_REJECTED = "OperationDenied.TicketRejected";
    /** Nobody decided on the ticket in time. */
    public static final String APPROVAL_EXPIRED = "ApprovalExpired";
    /** Something that the workflow stands on stayed out of reach for longer than it waits. */
    public static final String UNAVAILABLE = "TemporarilyUnavailable";
    /** A step took longer than it may. */
    public static final String TIMED_OUT = "WorkflowTimedOut";
    /** Somebody who may do so asked for the end. */
    public static final String CANCELLED = "CopyCancelled";
    /** The workflow was stopped, timed out or broke before it could settle the copy. */
    public static final String EXECUTION_ENDED = "ExecutionEnded";

    /** The reason why a copy pends. It is not a reason of an end, but callers look for it in the same place. */
    public static Reason pending(Copy copy, AccountId operator) {
        return new Reason(
                copy.status().toString(),
                "A copy of " + Count.of(copy.bytesTotal(), "byte") + " needs approval. The operator, account "
                        + operator
                        + ", approves or rejects ticket " + copy.workflow().ticket()
                        + "; without a decision in 30 days the copy fails. POST /images/" + copy.image()
                        + "/cancel-copy cancels it");
    }

    public static Reason of(Violation violation) {
        return new Reason(violation.code().toString(), violation.detail());
    }

    /** The code of the first, and what all of them say. */
    public static Reason of(List<Violation> violations) {
        return new Reason(
                violations.getFirst().code().toString(),
                violations.stream().map(Violation::detail).collect(Collectors.joining(". ")));
    }

    /** The permanent failure, in its own words. */
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
