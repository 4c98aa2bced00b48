package imageferry.local.command;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The things of one account, for requests of others: one of each sort, and one more of those that a request may remove.
 *
 * @param uploadKey of a disk that waits to be imported
 * @param image available, made by a copy
 * @param doomed as {@code image}, to be deleted
 * @param left as {@code image}, for a recipient to give up
 * @param making still being made
 * @param alsoMaking as {@code making}
 * @param cancelled its copy was cancelled
 * @param alsoCancelled as {@code cancelled}
 * @param groupId of the request that made {@code image}
 * @param instanceId booted from {@code image}
 * @param doomedInstanceId as {@code instanceId}, to be deleted
 * @param tickets two open ones
 */
record Belongings(
        String owner,
        String uploadKey,
        Subject image,
        Subject doomed,
        Subject left,
        Subject making,
        Subject alsoMaking,
        Subject cancelled,
        Subject alsoCancelled,
        String groupId,
        String instanceId,
        String doomedInstanceId,
        List<String> tickets) {
    /** Things of an owner. The images are shared with one account, and {@code image} also with another one. */
    static Belongings shared(
            AccountClient owner, Path smallDisk, Path largeDisk, String recipient, String otherRecipient)
            throws Exception {
        var things = made(owner, smallDisk, largeDisk, recipient);
        for (var image : List.of(things.image, things.doomed, things.left)) {
            owner.does("PUT", image.path() + "/shares/" + recipient, Map.of());
        }
        owner.does("PUT", things.image.path() + "/shares/" + otherRecipient, Map.of());
        return things;
    }

    /**
     * Things of the operator, with the image published. It is also the image that others try to delete or to cancel.
     */
    static Belongings published(AccountClient operator, Path smallDisk, Path largeDisk) throws Exception {
        var things = made(operator, smallDisk, largeDisk);
        operator.does("PATCH", things.image.path(), Map.of("public", true));
        return new Belongings(
                things.owner,
                things.uploadKey,
                things.image,
                things.image,
                things.image,
                things.image,
                things.image,
                things.cancelled,
                things.alsoCancelled,
                things.groupId,
                things.instanceId,
                things.instanceId,
                things.tickets);
    }

    private static Belongings made(AccountClient owner, Path smallDisk, Path largeDisk, String... recipients)
            throws Exception {
        var original = owner.imports(Situations.HOME, smallDisk);
        var large = owner.imports(Situations.HOME, largeDisk);
        owner.awaits("Available", List.of(original, large));
        var image = owner.copies(original, Situations.NEAR);
        var doomed = owner.copies(original, Situations.NEAR);
        var left = owner.copies(original, Situations.NEAR);
        // Without an operator's approval these do not change.
        var making = owner.copies(large, Situations.NEAR, recipients);
        var alsoMaking = owner.copies(large, Situations.NEAR, recipients);
        var cancelled = owner.copies(large, Situations.NEAR);
        var alsoCancelled = owner.copies(large, Situations.NEAR);
        var approvable = owner.copies(large, Situations.NEAR);
        var rejectable = owner.copies(large, Situations.NEAR);
        owner.does("POST", cancelled.path() + "/cancel-copy", Map.of());
        owner.does("POST", "/copies/" + alsoCancelled.copyId() + "/cancel", Map.of());
        owner.awaits("Cancelled", List.of(cancelled, alsoCancelled));
        owner.awaits("PendingApproval", List.of(making, alsoMaking, approvable, rejectable));
        owner.awaits("Available", List.of(image, doomed, left));
        return new Belongings(
                owner.account,
                owner.uploads(Situations.NEAR, smallDisk),
                image,
                doomed,
                left,
                making,
                alsoMaking,
                cancelled,
                alsoCancelled,
                ofCopy(owner, image, "groupId"),
                owner.boots(image),
                owner.boots(image),
                List.of(ofCopy(owner, approvable, "ticketId"), ofCopy(owner, rejectable, "ticketId")));
    }

    private static String ofCopy(AccountClient owner, Subject image, String field) throws Exception {
        return owner.does("GET", "/copies/" + image.copyId(), Map.of())
                .path(field)
                .asText();
    }
}
