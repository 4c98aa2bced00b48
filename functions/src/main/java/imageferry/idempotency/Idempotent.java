package imageferry.idempotency;

import imageferry.account.AccountId;
import imageferry.ledger.Write;
import imageferry.rule.Result;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One request that may carry a client token and be repeated.
 *
 * @param answer makes the earlier answer again from its id
 */
public record Idempotent<T>(
        Requests requests,
        AccountId account,
        String operation,
        @Nullable ClientToken token,
        Function<String, T> answer,
        InstantSource clock) {
    /**
     * The earlier answer; otherwise the new one. A new refusal may be caused by a repetition that was accepted in
     * between.
     */
    public Result<T> orElse(Supplier<Result<T>> anew) {
        return earlier().orElseGet(() -> anew.get().orElse(this::earlier));
    }

    /** The answer to an earlier request with the same token. */
    public Optional<Result<T>> earlier() {
        return requests.answer(account, operation, token, clock.instant(), id -> Result.accepted(answer.apply(id)));
    }

    /** The write that remembers the answer, refused while an earlier one is remembered; none without a token. */
    public List<Write> remembered(Object id, Instant now) {
        return token == null ? List.of() : List.of(Requests.remembered(account, operation, token, id.toString(), now));
    }
}
