package imageferry.sharing;

import imageferry.account.AccountId;
import imageferry.id.ImageId;
import java.time.Instant;

/** An account's right to see and use an image that another account owns. */
public record Share(ImageId image, AccountId account, Instant since) {}
