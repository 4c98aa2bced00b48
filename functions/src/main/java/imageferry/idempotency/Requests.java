package imageferry.idempotency;

import imageferry.account.AccountId;
import imageferry.ledger.Condition;
import imageferry.ledger.Item;
import imageferry.ledger.Key;
import imageferry.ledger.Ledger;
import imageferry.ledger.Write;
import imageferry.rule.Code;
import imageferry.rule.Result;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The requests of the last 24 hours that had a client token, and their answers. */
public final class Requests {
    /** The time for which a client token is remembered. */
    public static final Duration KEPT = Duration.ofHours(24);

    private final Ledger ledger;

    public Requests(Ledger ledger) {
        this.ledger = ledger;
    }

    /**
     * The answer to a repeated token: the earlier answer, or a refusal when the request differs. Empty when the token is new.
     *
     * @param answer makes the earlier answer again from its id
     */
    public <T> Optional<Result<T>> answer(
            AccountId account,
            String operation,
            @Nullable ClientToken token,
            Instant now,
            Function<String, Result<T>> answer) {
        if (token == null) {
            return Optional.empty();
        }
        return ledger.read(key(account, operation, token))
                .filter(item -> item.number("expiresAt") >= now.getEpochSecond())
                .map(item -> item.text("parameters").equals(token.parameters())
                        ? answer.apply(item.text("answer"))
                        : mismatch(token));
    }

    /** Remembers the answer for {@link #KEPT}; refused while an earlier one is remembered. */
    public static Write remembered(AccountId account, String operation, ClientToken token, String answer, Instant now) {
        return remembered(account, operation, token, answer, now, KEPT);
    }

    /** @param kept the time for which the answer is remembered */
    public static Write remembered(
            AccountId account, String operation, ClientToken token, String answer, Instant now, Duration kept) {
        var expiry = now.plus(kept);
        return new Write.Put(
                key(account, operation, token),
                Item.empty()
                        .with("parameters", token.parameters())
                        .with("answer", answer)
                        .with("expiresAt", expiry.getEpochSecond()),
                Condition.any(Condition.absent(), new Condition.LessThan("expiresAt", now.getEpochSecond())));
    }

    private static Key key(AccountId account, String operation, ClientToken token) {
        return new Key("REQUEST#" + account + "#" + operation + "#" + token.token(), "REQUEST");
    }

    private static <T> Result<T> mismatch(ClientToken token) {
        return Result.rejected(
                Code.IDEMPOTENT_PARAMETER_MISMATCH,
                "clientToken",
                token.token(),
                "The client token \"" + token.token() + "\" was used for another request in the last 24 hours; send"
                        + " the same parameters, or choose a new token");
    }
}
