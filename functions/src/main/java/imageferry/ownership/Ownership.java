package imageferry.ownership;

import imageferry.id.LedgerId;
import imageferry.region.Region;
import imageferry.snapshot.Blob;
import imageferry.snapshot.SnapshotStore;
import imageferry.snapshot.StoreRefused;
import imageferry.snapshot.StoreUnavailable;
import java.util.Optional;

/**
 * The proof that a region's bucket and this table belong together: the bucket's object {@code ledger} has the table's id.
 *
 * <p>An empty table over full buckets, or a second installation over the buckets of the first, has another id and finds no
 * permission here. Every method reads the bucket again, and throws {@link StoreUnavailable} or {@link StoreRefused} when that
 * fails.
 */
public record Ownership(Identity identity, SnapshotStore store) {
    /** The owner of a region's bucket, as seen by this installation. */
    public enum Owner {
        THIS_INSTALLATION,
        ANOTHER_INSTALLATION,
        /** The bucket has no object {@code ledger}, or there is no bucket. */
        NOBODY
    }

    public Owner of(Region region) {
        return store.text(Blob.ledger(region)).map(this::asSeenHere).orElse(Owner.NOBODY);
    }

    private Owner asSeenHere(String owner) {
        return identity.find().map(LedgerId::value).filter(owner::equals).isPresent()
                ? Owner.THIS_INSTALLATION
                : Owner.ANOTHER_INSTALLATION;
    }

    /**
     * Makes the bucket this installation's if it is nobody's and has no snapshot. Of several installations that try it at the
     * same time, one succeeds.
     *
     * @return the reason why the bucket is not this installation's; empty when it is
     */
    public Optional<String> acquire(Region region) {
        var owner = of(region);
        if (owner == Owner.NOBODY) {
            if (isEmpty(region)) {
                store.createText(Blob.ledger(region), identity.require().value());
            }
            // Another call may have acquired it, and stored a snapshot, between the first read and the list.
            owner = of(region);
            if (owner == Owner.NOBODY && isEmpty(region)) {
                // S3 refuses one of two simultaneous creations, and perhaps both.
                throw new StoreUnavailable("The bucket of " + region + " could not be acquired yet");
            }
        }
        return refusal(region, owner);
    }

    /**
     * The reason why this installation must delete nothing in the region; empty when it may. A bucket that is nobody's and
     * has no snapshot, or does not exist, gives no reason: there is nothing to lose.
     */
    public Optional<String> refusal(Region region) {
        var owner = of(region);
        if (owner == Owner.NOBODY) {
            if (isEmpty(region)) {
                return Optional.empty();
            }
            owner = of(region);
        }
        return refusal(region, owner);
    }

    /** Makes the bucket this installation's in place of its present owner. Callers check first that its snapshots are in this table. */
    public void adopt(Region region) {
        store.replaceText(Blob.ledger(region), identity.require().value());
    }

    private boolean isEmpty(Region region) {
        return store.list(region, Blob.SNAPSHOTS, Blob.SNAPSHOTS, 1).isEmpty();
    }

    private static Optional<String> refusal(Region region, Owner owner) {
        return switch (owner) {
            case THIS_INSTALLATION -> Optional.empty();
            case ANOTHER_INSTALLATION ->
                Optional.of(
                        "The bucket of " + region + " belongs to the table of another installation; " + advice(region));
            case NOBODY ->
                Optional.of("The bucket of " + region + " has snapshots, and no record says whose they are; "
                        + advice(region));
        };
    }

    private static String advice(Region region) {
        return "nothing is written or deleted there. If its snapshots are in this table, run ./stacks adopt " + region;
    }
}
