package imageferry.function.view;

import imageferry.sharing.Share;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An account that an image is shared with, and the principal that shared it. */
public record ShareView(
        String accountId, Instant since, @Nullable String by) {
    /**
     * All of an image's shares.
     *
     * @param limit the maximum number of shares of an image
     */
    public record Shares(List<ShareView> shares, long limit) {}

    public static Shares all(List<Share> shares, long limit) {
        return new Shares(
                shares.stream()
                        .map(share -> new ShareView(share.account().value(), share.since(), share.by()))
                        .toList(),
                limit);
    }
}
