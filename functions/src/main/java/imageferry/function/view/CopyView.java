package imageferry.function.view;

import imageferry.copying.Approval;
import imageferry.copying.Copy;
import imageferry.copying.CopyStatus;
import imageferry.copying.Reason;
import imageferry.copying.Source;
import imageferry.copying.Step;
import imageferry.copying.queue.Queues;
import imageferry.id.CopyId;
import imageferry.id.GroupId;
import imageferry.id.TicketId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A copy as callers see it. */
public record CopyView(
        String copyId,
        @Nullable String groupId,
        String kind,
        @Nullable String sourceImageId,
        String sourceRegion,
        @Nullable String importKey,
        String imageId,
        String region,
        String status,
        String progress,
        long bytesTotal,
        long bytesCopied,
        @Nullable Long bytesSaved,
        @Nullable Long bytesPerSecond,
        @Nullable Long etaSeconds,
        @Nullable Integer queuePosition,
        @Nullable Instant estimatedStartAt,
        @Nullable ReasonView reason,
        @Nullable String ticketId,
        @Nullable ApprovalView approval,
        @Nullable String retryOf,
        List<StepView> steps,
        String requestedBy,
        Instant createdAt,
        @Nullable Instant endedAt) {
    public record ReasonView(String code, String detail) {}

    /** The operator's decision on the ticket. */
    public record ApprovalView(String decision, String decidedBy, Instant decidedAt, String reason) {
        private static @Nullable ApprovalView of(@Nullable Approval approval) {
            return approval == null
                    ? null
                    : new ApprovalView(
                            approval.decision(), approval.decidedBy(), approval.decidedAt(), approval.reason());
        }
    }

    /** A step of the state machine; one without an end is still running. */
    public record StepView(
            String name, Instant startedAt, @Nullable Instant endedAt) {}

    static CopyView of(Copy copy, TransferProgress transfer, Queues.@Nullable Place place, @Nullable Reason reason) {
        var arrived = transfer.arrived();
        var bytesCopied = arrived.bytes();
        var rate = transfer.bytesPerSecond();
        return new CopyView(
                copy.id().value(),
                text(copy.request().group(), GroupId::value),
                copy.isImport() ? "import" : "copy",
                copy.source() instanceof Source.OfImage source ? source.image().value() : null,
                copy.source().region().name(),
                copy.source() instanceof Source.OfUpload upload ? upload.blob().key() : null,
                copy.image().value(),
                copy.region().name(),
                copy.status().toString(),
                percent(bytesCopied, copy.bytesTotal()),
                copy.bytesTotal(),
                bytesCopied,
                arrived.saved() == 0 ? null : arrived.saved(),
                rate,
                rate != null && rate > 0 && copy.status() == CopyStatus.COPYING
                        ? Math.ceilDiv(copy.bytesTotal() - bytesCopied, rate)
                        : null,
                place == null ? null : place.position(),
                place == null ? null : place.startsAt(),
                reason == null ? null : new ReasonView(reason.code(), reason.detail()),
                text(copy.workflow().ticket(), TicketId::value),
                ApprovalView.of(copy.workflow().approval()),
                text(copy.request().retryOf(), CopyId::value),
                steps(copy),
                copy.request().requestedBy(),
                copy.request().createdAt(),
                copy.end().at());
    }

    /** Whole percents, rounded down, so that 100% means that all bytes have arrived. */
    static String percent(long part, long whole) {
        var percent = whole == 0 ? 0 : (int) (100.0 * part / whole);
        return Math.min(100, percent) + "%";
    }

    /** A step ends when the next one begins, the last one with the copy or with its last share. */
    private static List<StepView> steps(Copy copy) {
        var begun = copy.workflow().steps().entrySet().stream()
                .sorted(Map.Entry.comparingByValue())
                .toList();
        var steps = new ArrayList<StepView>();
        for (var i = 0; i < begun.size(); i++) {
            var end = i + 1 < begun.size()
                    ? begun.get(i + 1).getValue()
                    : endOfLast(copy, begun.get(i).getKey());
            steps.add(
                    new StepView(begun.get(i).getKey().toString(), begun.get(i).getValue(), end));
        }
        return steps;
    }

    private static @Nullable Instant endOfLast(Copy copy, Step step) {
        if (step != Step.SHARE_IMAGE) {
            return copy.end().at();
        }
        return copy.end().sharesDue().isEmpty() ? copy.workflow().changedAt() : null;
    }

    private static <T> @Nullable String text(@Nullable T id, Function<T, String> value) {
        return id == null ? null : value.apply(id);
    }
}
