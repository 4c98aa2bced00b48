package imageferry.copying.ending;

import imageferry.account.AccountId;
import imageferry.copying.Copies;
import imageferry.copying.Copy;
import imageferry.id.CopyId;
import imageferry.ledger.Ledger;
import imageferry.rule.Result;
import imageferry.rule.Violation;
import imageferry.sharing.Share;
import imageferry.sharing.ShareImages;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** Shares an available copy with the accounts that its request named, with each of them once. */
public record ShareCopied(Ledger ledger, Copies copies, ShareImages sharing, InstantSource clock) {
    /**
     * Shares with all remaining accounts; a refused share does not affect the others or the image.
     *
     * @return the sentences of the refused shares
     */
    public List<String> share(CopyId id) {
        var copy = copies.require(id);
        var refused = new ArrayList<String>();
        for (var account : copy.shareWith()) {
            if (copy.end().sharesDue().contains(account)) {
                refused.addAll(share(copy, account));
            }
        }
        copies.finished(id, clock.instant());
        return refused;
    }

    private List<String> share(Copy copy, AccountId account) {
        var settled = Copies.shareSettled(copy.id(), account, clock.instant());
        return switch (sharing.share(copy.image(), account, copy.request().requestedBy(), settled)) {
            case Result.Accepted<Share> given -> List.of();
            case Result.Rejected<Share>(var violations) -> {
                ledger.commit(List.of(settled));
                yield violations.stream().map(Violation::detail).toList();
            }
        };
    }
}
