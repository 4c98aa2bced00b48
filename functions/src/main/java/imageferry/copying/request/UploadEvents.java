package imageferry.copying.request;

import imageferry.account.Caller;
import imageferry.id.CopyId;
import imageferry.idempotency.ClientToken;
import imageferry.idempotency.Requests;
import imageferry.ledger.Write;
import imageferry.rule.Result;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;

/** The arrived uploads and the result of each, so that a repeated event begins nothing. */
record UploadEvents(Requests requests, InstantSource clock) {
    /** The time for which region.yaml keeps an upload; a later event finds no object. */
    static final Duration KEPT = Duration.ofDays(45);

    private static final String OPERATION = "ImportUpload";

    /** The copy that an earlier event of the same upload led to. */
    Optional<CopyId> answered(Caller caller, UploadEvent event) {
        return requests.answer(
                        caller.account(),
                        OPERATION,
                        token(event),
                        clock.instant(),
                        id -> Result.accepted(new CopyId(id)))
                .flatMap(UploadEvents::accepted);
    }

    private static Optional<CopyId> accepted(Result<CopyId> answer) {
        return answer instanceof Result.Accepted<CopyId>(var copy) ? Optional.of(copy) : Optional.empty();
    }

    /** Refused when another event of the same upload led to a copy in between. */
    Write remembered(Caller caller, UploadEvent event, CopyId copy, Instant now) {
        return Requests.remembered(caller.account(), OPERATION, token(event), copy.value(), now, KEPT);
    }

    private static ClientToken token(UploadEvent event) {
        var version = UUID.nameUUIDFromBytes(event.version().getBytes(StandardCharsets.UTF_8));
        return new ClientToken(version.toString(), "");
    }
}
