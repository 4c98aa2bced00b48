package imageferry.instance;

import imageferry.account.AccountId;
import imageferry.id.ImageId;
import imageferry.id.InstanceId;
import imageferry.region.Region;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A record that something boots from an image, in the image's own region.
 *
 * @param image the one that its system disk comes from now
 * @param history its system disks in the order of time, the last one is the present; at most {@link #LONGEST_HISTORY}
 */
public record Instance(
        InstanceId id,
        ImageId image,
        Region region,
        AccountId owner,
        List<Disk> history,
        Instant createdAt,
        String createdBy) {
    /** The newest system disks are remembered, up to this number; a record cannot grow without limit. */
    public static final int LONGEST_HISTORY = 200;

    public Instance {
        history = List.copyOf(history);
    }

    public boolean ownedBy(AccountId account) {
        return owner.equals(account);
    }

    /** The instance once its system disk comes from that image. */
    Instance with(ImageId next, Instant now) {
        var disks = new ArrayList<>(history);
        disks.add(new Disk(next, now));
        var newest = disks.subList(Math.max(0, disks.size() - LONGEST_HISTORY), disks.size());
        return new Instance(id, next, region, owner, newest, createdAt, createdBy);
    }

    /** Which image the system disk came from, from that time on. */
    public record Disk(ImageId image, Instant since) {}
}
