package imageferry.copying.request;

import imageferry.account.Caller;
import imageferry.copying.Copy;
import imageferry.copying.Limits;
import imageferry.copying.Source;
import imageferry.copying.queue.OpenTickets;
import imageferry.copying.request.UploadMetadata.Wish;
import imageferry.copying.request.UploadPolicies.Upload;
import imageferry.disk.Disk;
import imageferry.id.CopyId;
import imageferry.id.Ids;
import imageferry.id.ImageId;
import imageferry.id.TicketId;
import imageferry.image.ImageName;
import imageferry.image.Labels;
import imageferry.ledger.Commit;
import imageferry.ledger.Ledger;
import imageferry.ledger.Write;
import imageferry.rule.Result;
import imageferry.rule.Violation;
import imageferry.usage.Budget;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Admits new copies: records them in one transaction, whose conditions decide, or returns the violated rules. Requests to
 * copy, to import and to retry end here.
 */
record Admission(
        Ledger ledger, TargetPolicies targets, Limits limits, OpenTickets tickets, InstantSource clock, Ids ids) {
    /**
     * One attempt to admit.
     *
     * @param locks conditions on records that were read: when one fails, the request is read and checked again
     * @param notes other writes of the same transaction
     * @param earlier the answer of a repetition that was accepted in between
     * @param again the next attempt
     * @param recorded receives the new copies when they are recorded
     */
    record Attempt<T>(
            T answer,
            List<Enrolment> enrolments,
            List<Write> locks,
            List<Write> notes,
            Supplier<Optional<Result<T>>> earlier,
            Supplier<Result<T>> again,
            Consumer<List<Copy>> recorded) {
        /** An attempt that reads no record which a lock must hold, and opens no ticket. */
        static <T> Attempt<T> withoutLocks(
                T answer, Enrolment enrolment, List<Write> notes, Supplier<Optional<Result<T>>> earlier) {
            return new Attempt<>(
                    answer,
                    List.of(enrolment),
                    List.of(),
                    notes,
                    earlier,
                    () -> {
                        throw new IllegalStateException("Without locks nothing is attempted again");
                    },
                    _ -> {});
        }

        private List<Write> writes() {
            var writes = new ArrayList<>(Enrolment.writes(enrolments));
            writes.addAll(locks);
            writes.addAll(notes);
            return writes;
        }

        /** The same with one ticket for all copies, as together they exceed the bytes of a month. */
        private Attempt<T> beyondTheMonth(TicketId ticket) {
            return new Attempt<>(
                    answer,
                    enrolments.stream()
                            .map(enrolment -> enrolment.beyondTheMonth(ticket))
                            .toList(),
                    locks,
                    notes,
                    earlier,
                    again,
                    recorded);
        }

        /** Rule 5: counts the bytes that the copies are to move between regions; empty when they move none. */
        private Optional<Write> counted(long bytesPerMonth) {
            var bytes = enrolments.stream()
                    .mapToLong(enrolment -> enrolment.copy().transfer().bytesCounted())
                    .sum();
            var first = enrolments.getFirst().copy();
            return Optional.of(bytes)
                    .filter(sum -> sum > 0)
                    .map(sum -> Budget.counted(first.owner(), first.request().createdAt(), sum, bytesPerMonth));
        }

        private Optional<Result<T>> overtaken(Commit.Refused refused) {
            return locks.stream().anyMatch(refused::of) ? Optional.of(again.get()) : Optional.empty();
        }
    }

    Instant now() {
        return clock.instant();
    }

    /** Rule 5: a copy of an image above the limit (500 GiB by default) waits for the operator's approval. */
    boolean needsApproval(long sizeBytes) {
        return sizeBytes > limits.approvalAboveBytes();
    }

    /**
     * The plan with the id of its image. A copy of an image over the limit gets a ticket.
     *
     * @param ticketReason shown to the operator where a ticket opens
     */
    Enrolment enrol(NewCopy plan, ImageName name, Labels labels, @Nullable Disk disk, @Nullable String ticketReason) {
        var imageId = ImageId.random(ids);
        var pending = plan.pinned().source() instanceof Source.OfImage
                && needsApproval(plan.pinned().sizeBytes());
        return new Enrolment(
                plan.image(imageId, name, labels, disk),
                pending ? plan.pending(imageId, TicketId.random(ids), ticketReason) : plan.copy(imageId),
                limits,
                ticketReason);
    }

    /** The import of an upload, under that name. */
    Enrolment enrolImport(Caller caller, Upload upload, Wish wish, Instant now) {
        var plan = new NewCopy(
                CopyId.random(ids),
                Copy.Request.of(caller, now),
                NewCopy.pinned(wish.source(upload.blob()), upload.facts()),
                upload.blob().region(),
                upload.plan().partSizeBytes());
        return enrol(plan, wish.name(), wish.labels(), upload.disk(), null);
    }

    /** Commits other writes; returns false when a condition of one failed, so that none happened. */
    boolean commits(List<Write> writes) {
        return ledger.commit(writes).done();
    }

    /** Opens the tickets of those copies that wait for the operator. An import never does, and has no right to open one. */
    void openTickets(List<Copy> copies) {
        tickets.of(copies);
    }

    /**
     * Admits all copies of the attempt or none. All of them wait for the operator if only the bytes of the month are exceeded.
     *
     * @param named names a violation of the copy with that number after its field in the request
     */
    <T> Result<T> admit(Attempt<T> attempt, BiFunction<Integer, Violation, Violation> named) {
        var writes = attempt.writes();
        var counted = attempt.counted(limits.bytesPerMonth());
        counted.ifPresent(writes::add);
        return switch (ledger.commit(writes)) {
            case Commit.Done done -> {
                attempt.recorded()
                        .accept(attempt.enrolments().stream()
                                .map(Enrolment::copy)
                                .toList());
                yield Result.accepted(attempt.answer());
            }
            case Commit.Refused refused ->
                attempt.earlier()
                        .get()
                        .or(() -> attempt.overtaken(refused))
                        .or(() -> counted.filter(month -> isAlone(month, refused))
                                .map(_ -> admit(attempt.beyondTheMonth(TicketId.random(ids)), named)))
                        .orElseGet(() -> Result.rejected(violations(refused, attempt.enrolments(), named)));
        };
    }

    private static boolean isAlone(Write write, Commit.Refused refused) {
        return refused.of(write) && refused.refusals().size() == 1;
    }

    private List<Violation> violations(
            Commit.Refused refused, List<Enrolment> enrolments, BiFunction<Integer, Violation, Violation> named) {
        return IntStream.range(0, enrolments.size())
                .boxed()
                .flatMap(
                        i -> targets.violations(refused, enrolments.get(i)).map(violation -> named.apply(i, violation)))
                .toList();
    }
}
