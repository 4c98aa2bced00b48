package imageferry.copying;

import imageferry.account.AccountId;
import imageferry.id.CopyId;
import imageferry.id.GroupId;
import imageferry.ledger.Item;
import imageferry.ledger.Key;
import imageferry.ledger.Ledger;
import imageferry.ledger.Write;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The groups: the copies of each request. */
public final class Groups {
    private final Ledger ledger;

    public Groups(Ledger ledger) {
        this.ledger = ledger;
    }

    public Optional<Group> find(GroupId id) {
        return ledger.read(key(id))
                .map(item -> new Group(
                        id,
                        new AccountId(item.text("owner")),
                        item.list("copyIds").stream().map(CopyId::new).toList()));
    }

    public static Write created(GroupId id, AccountId owner, List<CopyId> copies, Instant now) {
        return Write.create(
                key(id),
                Item.empty()
                        .with("groupId", id)
                        .with("owner", owner)
                        .with("copyIds", copies.stream().map(CopyId::value).toList())
                        .with("createdAt", now));
    }

    private static Key key(GroupId id) {
        return new Key("GROUP#" + id, "GROUP");
    }

    /** Returns the copies of one request, in its order. */
    public record Group(GroupId id, AccountId owner, List<CopyId> copies) {
        public Group {
            copies = List.copyOf(copies);
        }
    }
}
