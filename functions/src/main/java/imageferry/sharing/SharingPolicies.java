package imageferry.sharing;

import imageferry.account.AccountId;
import imageferry.image.Image;
import imageferry.image.ImageStatus;
import imageferry.rule.Code;
import imageferry.rule.Violation;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Rules 8 and 9 as far as reading can tell: what stands against one more share of an image. The transaction judges again. */
final class SharingPolicies {
    private final long limit;

    /** @param limit with how many accounts one image may be shared */
    SharingPolicies(long limit) {
        this.limit = limit;
    }

    List<Violation> violations(Image image, String account) {
        return Stream.of(
                        isAnAccount(account),
                        isNotItsOwner(image, account),
                        isAvailable(image),
                        isNotPublished(image),
                        quotaHasRoom(image, account))
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<Violation> isAnAccount(String account) {
        return refuse(
                !AccountId.isOne(account),
                Code.INVALID_ACCOUNT_ID,
                "accountId",
                account,
                "\"" + account + "\" is no account id; give 12 digits");
    }

    private static Optional<Violation> isNotItsOwner(Image image, String account) {
        return refuse(
                image.owner().value().equals(account),
                Code.SHARE_WITH_ONESELF,
                "accountId",
                account,
                account + " owns image " + image.id() + " and needs no share");
    }

    private static Optional<Violation> isAvailable(Image image) {
        return refuse(
                image.status() != ImageStatus.AVAILABLE,
                Code.INCORRECT_IMAGE_STATUS,
                "imageId",
                image.id().value(),
                "Image " + image.id() + " is " + image.status()
                        + (image.status().inTheMaking() ? ", " + image.madeBy() + " still makes it" : "")
                        + "; only an Available one can be shared"
                        + (image.status().inTheMaking() ? ", or name the accounts in the copy request" : ""));
    }

    private static Optional<Violation> isNotPublished(Image image) {
        return switch (image.publication()) {
            case PRIVATE -> Optional.empty();
            case PUBLIC ->
                refuse(
                        true,
                        Code.PUBLIC_IMAGE,
                        "imageId",
                        image.id().value(),
                        "Image " + image.id() + " is public already; there is nothing to share");
            case MARKETPLACE ->
                refuse(
                        true,
                        Code.MARKETPLACE_IMAGE,
                        "imageId",
                        image.id().value(),
                        "Image " + image.id() + " is in the marketplace, where everybody sees it; there is nothing to"
                                + " share");
        };
    }

    private Optional<Violation> quotaHasRoom(Image image, String account) {
        return refuse(
                image.shareCount() >= limit,
                Code.SHARE_QUOTA,
                "accountId",
                account,
                "Image " + image.id() + " is shared with " + image.shareCount() + " accounts and may be with " + limit
                        + "; unshare one first");
    }

    private static Optional<Violation> refuse(boolean broken, Code code, String field, String value, String detail) {
        return broken ? Optional.of(new Violation(code, field, value, detail)) : Optional.empty();
    }
}
