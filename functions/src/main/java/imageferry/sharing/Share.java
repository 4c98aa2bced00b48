package imageferry.sharing;

import imageferry.account.AccountId;
import imageferry.id.ImageId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An account's right to see and use an image that another account owns.
 *
 * @param by the owner's principal that shared the image; absent from shares created before this was recorded
 */
public record Share(
        ImageId image,
        AccountId account,
        Instant since,
        @Nullable String by) {}
