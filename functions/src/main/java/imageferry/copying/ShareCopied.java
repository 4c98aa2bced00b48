package imageferry.copying;

import imageferry.id.CopyId;
import imageferry.rule.Result;
import imageferry.sharing.Share;
import imageferry.sharing.ShareImages;
import java.util.ArrayList;
import java.util.List;

/** Shares an available copy with the accounts that its request named. */
public final class ShareCopied {
    private final Copies copies;
    private final ShareImages sharing;

    public ShareCopied(Copies copies, ShareImages sharing) {
        this.copies = copies;
        this.sharing = sharing;
    }

    /**
     * Shares with all of them; a share that is refused meanwhile takes nothing from the others or from the image.
     *
     * @return the sentences of the refused shares
     */
    public List<String> share(CopyId id) {
        var copy = copies.require(id);
        var refused = new ArrayList<String>();
        for (var account : copy.shareWith()) {
            if (sharing.share(copy.image(), account) instanceof Result.Rejected<Share>(var violations)) {
                violations.forEach(violation -> refused.add(violation.detail()));
            }
        }
        return refused;
    }
}
