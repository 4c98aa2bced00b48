package imageferry.instance;

import static imageferry.ledger.Condition.all;
import static imageferry.ledger.Condition.is;

import imageferry.account.AccountId;
import imageferry.id.ImageId;
import imageferry.id.InstanceId;
import imageferry.ledger.Change;
import imageferry.ledger.Condition;
import imageferry.ledger.Item;
import imageferry.ledger.Key;
import imageferry.ledger.Ledger;
import imageferry.ledger.Moments;
import imageferry.ledger.Write;
import imageferry.region.Region;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The instances and the writes that make, change and end them. */
public final class Instances {
    private final Ledger ledger;

    public Instances(Ledger ledger) {
        this.ledger = ledger;
    }

    /** The instance of that id, of any owner. */
    public Optional<Instance> find(InstanceId id) {
        return ledger.read(key(id)).map(Instances::instance);
    }

    static Write created(Instance instance) {
        return Write.create(
                key(instance.id()),
                Item.empty()
                        .with("instanceId", instance.id())
                        .with("imageId", instance.image())
                        .with("region", instance.region())
                        .with("owner", instance.owner())
                        .with("history", history(instance))
                        .with("changedAt", changedAt(instance))
                        .with("createdAt", instance.createdAt())
                        .with("createdBy", instance.createdBy()));
    }

    /**
     * Replaces the system disk with one from another image or again from the same one, unless the instance changed
     * since it was read.
     */
    static Write replaced(Instance before, Instance after, String by) {
        return Write.update(
                key(before.id()),
                asRead(before),
                Change.put("imageId", after.image()),
                Change.put("history", history(after)),
                Change.put("changedAt", changedAt(after)),
                Change.put("changedBy", by));
    }

    static Write deleted(Instance instance) {
        return Write.delete(key(instance.id()), asRead(instance));
    }

    private static Condition asRead(Instance instance) {
        return all(is("imageId", instance.image()), is("changedAt", changedAt(instance)));
    }

    private static Instant changedAt(Instance instance) {
        return instance.history().getLast().since();
    }

    /** One text for each, as {@code <since> <image>}. */
    private static List<String> history(Instance instance) {
        return instance.history().stream()
                .map(disk -> Moments.sortable(disk.since()) + " " + disk.image())
                .toList();
    }

    private static Key key(InstanceId id) {
        return new Key("INSTANCE#" + id, "INSTANCE");
    }

    private static Instance instance(Item item) {
        return new Instance(
                new InstanceId(item.text("instanceId")),
                new ImageId(item.text("imageId")),
                new Region(item.text("region")),
                new AccountId(item.text("owner")),
                item.list("history").stream().map(Instances::disk).toList(),
                item.instant("createdAt"),
                item.text("createdBy"));
    }

    private static Instance.Disk disk(String text) {
        var space = text.indexOf(' ');
        return new Instance.Disk(new ImageId(text.substring(space + 1)), Instant.parse(text.substring(0, space)));
    }
}
