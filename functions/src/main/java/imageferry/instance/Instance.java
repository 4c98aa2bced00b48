package imageferry.instance;

import imageferry.account.AccountId;
import imageferry.id.ImageId;
import imageferry.id.InstanceId;
import imageferry.region.Region;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Record of a machine that boots from an image, in the image's own region.
 *
 * @param image the image of its current system disk
 * @param history its system disks, oldest first, the last one is the current one; at most {@link #LONGEST_HISTORY}
 */
public record Instance(
        InstanceId id,
        ImageId image,
        Region region,
        AccountId owner,
        List<Disk> history,
        Instant createdAt,
        String createdBy) {
    /** Maximum number of system disks in the history, the newest ones. The record cannot grow without limit. */
    public static final int LONGEST_HISTORY = 200;

    public Instance {
        history = List.copyOf(history);
    }

    public boolean ownedBy(AccountId account) {
        return owner.equals(account);
    }

    /** Returns the instance with a system disk from that image. */
    Instance with(ImageId next, Instant now) {
        var disks = new ArrayList<>(history);
        disks.add(new Disk(next, now));
        var newest = disks.subList(Math.max(0, disks.size() - LONGEST_HISTORY), disks.size());
        return new Instance(id, next, region, owner, newest, createdAt, createdBy);
    }

    /** A system disk: its image, and the time since which the instance had it. */
    public record Disk(ImageId image, Instant since) {}
}
