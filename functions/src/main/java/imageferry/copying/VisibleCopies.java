package imageferry.copying;

import imageferry.account.Caller;
import imageferry.id.CopyId;
import imageferry.rule.Code;
import imageferry.rule.Result;
import java.util.Optional;

/** Rule 12 for copies: callers see their own, the operator sees all of them and changes only its own. */
public record VisibleCopies(Copies copies) {
    /** The copy, if the caller may see it. */
    Result<Copy> find(Caller caller, String copyId) {
        return Optional.of(copyId)
                .filter(CopyId::isOne)
                .map(CopyId::new)
                .flatMap(copies::find)
                .filter(copy -> caller.operator() || copy.owner().equals(caller.account()))
                .<Result<Copy>>map(Result::accepted)
                .orElseGet(() -> Result.rejected(
                        Code.COPY_NOT_FOUND,
                        "copyId",
                        copyId,
                        "There is no copy " + copyId + " among yours; GET /copies lists them"));
    }

    /** The copy, if it is the caller's own. */
    public Result<Copy> owned(Caller caller, String copyId) {
        return find(caller, copyId)
                .then(copy -> copy.owner().equals(caller.account())
                        ? Result.accepted(copy)
                        : Result.rejected(
                                Code.NOT_OWNER,
                                "copyId",
                                copyId,
                                "Copy " + copyId
                                        + " belongs to another account; only that account cancels or retries it"));
    }
}
