package imageferry.copying;

import imageferry.account.AccountId;
import imageferry.account.Caller;
import imageferry.account.Enquiry;
import imageferry.id.CopyId;
import imageferry.id.GroupId;
import imageferry.ledger.Query;
import imageferry.rule.Code;
import imageferry.rule.Result;
import imageferry.sharing.VisibleImages;
import imageferry.ticket.Tickets;
import java.util.List;
import java.util.Optional;

/** What a caller may see of copies, groups and tickets: their own; the operator sees everybody's. */
public final class DescribeCopies {
    private final Copies copies;
    private final Groups groups;
    private final Tickets tickets;
    private final VisibleImages visible;

    public DescribeCopies(Copies copies, Groups groups, Tickets tickets, VisibleImages visible) {
        this.copies = copies;
        this.groups = groups;
        this.tickets = tickets;
        this.visible = visible;
    }

    public Result<Copy> find(Caller caller, String copyId) {
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

    /** The copies that one request asked for, in its order. */
    public Result<List<Copy>> group(Caller caller, String groupId) {
        return Optional.of(groupId)
                .filter(GroupId::isOne)
                .map(GroupId::new)
                .flatMap(groups::find)
                .filter(group -> caller.operator() || group.owner().equals(caller.account()))
                .<Result<List<Copy>>>map(group -> Result.accepted(copies.find(group.copies())))
                .orElseGet(() -> Result.rejected(
                        Code.GROUP_NOT_FOUND,
                        "groupId",
                        groupId,
                        "There is no group " + groupId + " among yours; GET /copies names the group of each copy"));
    }

    /**
     * Some of an account's copies, newest first.
     *
     * @param account the caller's own when empty
     */
    public Result<Copies.Listing> list(
            Caller caller, Optional<String> account, int limit, Optional<Query.Position> after) {
        var refusal = account.flatMap(text -> Enquiry.refusal(caller, text));
        return refusal.isPresent()
                ? Result.rejected(List.of(refusal.get()))
                : Result.accepted(copies.listOf(account.map(AccountId::new).orElse(caller.account()), limit, after));
    }

    /** Some of the copies that were made from the caller's own image, newest first. */
    public Result<Copies.Listing> madeFrom(Caller caller, String imageId, int limit, Optional<Query.Position> after) {
        return visible.owned(caller, imageId).map(image -> copies.madeFrom(image.id(), limit, after));
    }

    /** Some of the tickets, newest first: everybody's for the operator, else those of the caller's copies. */
    public Tickets.Listing tickets(Caller caller, int limit, Optional<Query.Position> after) {
        return caller.operator() ? tickets.all(limit, after) : tickets.of(caller.account(), limit, after);
    }
}
