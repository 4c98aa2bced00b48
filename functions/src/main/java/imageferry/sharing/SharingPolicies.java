package imageferry.sharing;

import imageferry.account.AccountId;
import imageferry.image.Image;
import imageferry.image.Image.Publication;
import imageferry.image.ImageStatus;
import imageferry.rule.Code;
import imageferry.rule.Count;
import imageferry.rule.Violation;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Rules 8 and 9: the requirements for one more share of an image.
 *
 * @param limit the maximum number of accounts that one image is shared with
 */
record SharingPolicies(long limit) {
    /**
     * Every violation, that of the number of shares included.
     *
     * @param image as read just now
     */
    List<Violation> violations(Image image, String account) {
        return Stream.concat(withoutTheQuota(image, account), requiresRoom(image, account).stream())
                .toList();
    }

    /** Returns whether only the quota may forbid it: others may make room until the transaction decides. */
    boolean leftToTheQuota(Image image, String account) {
        return withoutTheQuota(image, account).findAny().isEmpty();
    }

    private static Stream<Violation> withoutTheQuota(Image image, String account) {
        return Stream.of(
                        requiresAccountId(account),
                        requiresOtherAccount(image, account),
                        requiresAvailable(image),
                        requiresUnpublished(image))
                .flatMap(Optional::stream);
    }

    private static Optional<Violation> requiresAccountId(String account) {
        return Violation.when(
                !AccountId.isOne(account),
                Code.INVALID_ACCOUNT_ID,
                "accountId",
                account,
                "\"" + account + "\" is not an account id; give 12 digits");
    }

    private static Optional<Violation> requiresOtherAccount(Image image, String account) {
        return Violation.when(
                image.owner().value().equals(account),
                Code.SHARE_WITH_ONESELF,
                "accountId",
                account,
                account + " owns image " + image.id() + " and needs no share");
    }

    private static Optional<Violation> requiresAvailable(Image image) {
        return Violation.when(
                image.status() != ImageStatus.AVAILABLE,
                Code.INCORRECT_IMAGE_STATUS,
                "imageId",
                image.id(),
                "Image " + image.id() + " is " + image.status()
                        + (image.status().inTheMaking() ? ": copy " + image.madeBy() + " is still making it" : "")
                        + "; only an Available image can be shared"
                        + (image.status().inTheMaking()
                                ? ": wait for the copy, or name the accounts in a copy request"
                                : ""));
    }

    private static Optional<Violation> requiresUnpublished(Image image) {
        var isPublic = image.publication() == Publication.PUBLIC;
        return Violation.when(
                image.published(),
                isPublic ? Code.PUBLIC_IMAGE : Code.MARKETPLACE_IMAGE,
                "imageId",
                image.id(),
                "Image " + image.id()
                        + (isPublic ? " is already public" : " is in the marketplace, where everybody sees it")
                        + ", so it needs no share");
    }

    private Optional<Violation> requiresRoom(Image image, String account) {
        return Violation.when(
                image.uses().shareCount() >= limit,
                Code.SHARE_QUOTA,
                "accountId",
                account,
                "Image " + image.id() + " is shared with "
                        + Count.of(image.uses().shareCount(), "account") + "; the limit is " + limit
                        + ", so unshare until there is room");
    }
}
