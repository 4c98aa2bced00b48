package imageferry.function.view;

import imageferry.sharing.Share;
import java.time.Instant;
import java.util.List;

/** An account that an image is shared with. */
public record ShareView(String accountId, Instant since) {
    /**
     * All of an image's shares.
     *
     * @param limit how many an image may have
     */
    public record Shares(List<ShareView> shares, long limit) {}

    public static Shares all(List<Share> shares, long limit) {
        return new Shares(
                shares.stream()
                        .map(share -> new ShareView(share.account().value(), share.since()))
                        .toList(),
                limit);
    }
}
