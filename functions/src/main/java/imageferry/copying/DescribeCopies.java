package imageferry.copying;

import imageferry.account.AccountId;
import imageferry.account.Caller;
import imageferry.account.Enquiry;
import imageferry.id.GroupId;
import imageferry.ledger.Query;
import imageferry.ledger.Selection;
import imageferry.region.Region;
import imageferry.rule.Code;
import imageferry.rule.Result;
import imageferry.rule.Violation;
import imageferry.sharing.VisibleImages;
import imageferry.ticket.Tickets;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Lists the copies, groups and tickets that a caller may see: their own; the operator sees all. */
public record DescribeCopies(Copies copies, Groups groups, Tickets tickets, VisibleImages visible) {
    public Result<Copy> find(Caller caller, String copyId) {
        return new VisibleCopies(copies).find(caller, copyId);
    }

    /** Returns the copies of one request, in its order. */
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
     * The filter of a list of copies.
     *
     * @param account the owner of the copies; the caller when null
     * @param status a copy status's word
     * @param region of the copy's target
     * @param group the copies of one request
     */
    public record Filter(
            @Nullable String account,
            @Nullable String status,
            @Nullable String region,
            @Nullable String group) {
        private Selection selection() {
            return Selection.ALL.ofRegion(region).ofStatus(status);
        }

        private List<Violation> violations(Caller caller) {
            var ofAnother = Optional.ofNullable(account).flatMap(text -> Enquiry.requiresOwn(caller, text));
            var noRegion = Optional.ofNullable(region)
                    .filter(text -> !Region.isOne(text))
                    .map(text -> malformed("region", text, "eu-west-1"));
            var noGroup = Optional.ofNullable(group)
                    .filter(text -> !GroupId.isOne(text))
                    .map(text -> malformed("groupId", text, "g- and 17 letters and digits"));
            return Stream.of(ofAnother, noRegion, noGroup)
                    .flatMap(Optional::stream)
                    .toList();
        }

        private static Violation malformed(String parameter, String value, String form) {
            return new Violation(
                    Code.INVALID_PARAMETER,
                    parameter,
                    value,
                    "The parameter " + parameter + " is \"" + value + "\"; give one of the form " + form);
        }

        private boolean lets(Copy copy) {
            return (status == null || status.equals(copy.status().toString()))
                    && (region == null || region.equals(copy.region().name()));
        }
    }

    /** Some of an account's copies, newest first. */
    public Result<Copies.Listing> list(Caller caller, Filter filter, int limit, Query.@Nullable Position after) {
        var violations = filter.violations(caller);
        if (!violations.isEmpty()) {
            return Result.rejected(violations);
        }
        var account = filter.account() == null ? caller.account() : new AccountId(filter.account());
        return Result.accepted(
                filter.group() == null
                        ? copies.listOf(account, filter.selection(), limit, after)
                        : ofGroup(filter.group(), account, filter, limit, after));
    }

    /** A group has at most 20 copies, which are read by their ids. */
    private Copies.Listing ofGroup(
            String group, AccountId account, Filter filter, int limit, Query.@Nullable Position after) {
        var found = groups.find(new GroupId(group)).stream()
                .filter(known -> known.owner().equals(account))
                .flatMap(known -> copies.find(known.copies()).stream())
                .filter(filter::lets)
                .sorted(Comparator.comparing(CopyRecord::order, Query.ORDER).reversed())
                .filter(copy -> after == null || Query.ORDER.compare(CopyRecord.order(copy), after.sortValue()) < 0)
                .toList();
        var shown = found.stream().limit(limit).toList();
        return new Copies.Listing(shown, found.size() <= limit ? null : place(shown.getLast()));
    }

    private static Query.Position place(Copy copy) {
        return new Query.Position(CopyRecord.key(copy.id()), CopyRecord.order(copy));
    }

    /** Some of the copies that were made from the caller's own image, newest first. */
    public Result<Copies.Listing> madeFrom(Caller caller, String imageId, int limit, Query.@Nullable Position after) {
        return visible.owned(caller, imageId).map(image -> copies.madeFrom(image.id(), limit, after));
    }

    /** Some of the tickets, newest first: everybody's for the operator, else those of the caller's copies. */
    public Tickets.Listing tickets(Caller caller, int limit, Query.@Nullable Position after) {
        return caller.operator() ? tickets.all(limit, after) : tickets.of(caller.account(), limit, after);
    }
}
