package imageferry.image;

import imageferry.account.AccountId;
import imageferry.disk.Disk;
import imageferry.id.CopyId;
import imageferry.id.ImageId;
import imageferry.id.SnapshotId;
import imageferry.ledger.Moments;
import imageferry.region.Region;
import imageferry.snapshot.Blob;
import imageferry.snapshot.Checksum;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A custom machine image. Its bytes never change; its labels may.
 *
 * @param sizeBytes the snapshot's size in bytes, known from the request on
 * @param disk what the bytes said of themselves when they were imported; null for images from before anybody looked
 * @param checksum set once the snapshot is proven
 * @param productCode the marketplace's; an image with one is {@link Publication#MARKETPLACE}, and no other is
 * @param source the image it was copied from; none for an import
 * @param madeBy the copy that makes or made it
 * @param copyingTo the running copies that lock it as their source
 * @param revision how often its owner has changed it; what is said of it elsewhere is of one revision
 * @param reserves whether it still holds its name and its place in the owner's quota
 */
public record Image(
        ImageId id,
        ImageName name,
        Region region,
        AccountId owner,
        ImageStatus status,
        SnapshotId snapshot,
        long sizeBytes,
        @Nullable Disk disk,
        @Nullable Checksum checksum,
        Labels labels,
        Publication publication,
        @Nullable ProductCode productCode,
        boolean isProtected,
        @Nullable Lineage source,
        CopyId madeBy,
        Set<CopyId> copyingTo,
        long shareCount,
        long instanceCount,
        long revision,
        boolean reserves,
        Instant createdAt,
        String createdBy) {
    /** @throws IllegalArgumentException when the product code does not fit the publication */
    public Image {
        if ((productCode != null) != (publication == Publication.MARKETPLACE)) {
            throw new IllegalArgumentException("A " + publication + " image has the product code " + productCode
                    + "; only a MARKETPLACE one has one");
        }
        copyingTo = Set.copyOf(copyingTo);
    }

    /** The place of its bytes. */
    public Blob blob() {
        return Blob.of(region, snapshot);
    }

    public boolean ownedBy(AccountId account) {
        return owner.equals(account);
    }

    /** Whether it has bytes of its own to remove when it goes. */
    public boolean hasBytes() {
        return checksum != null;
    }

    /** The same bytes under other words: everything that an owner may change. */
    public Image revised(
            ImageName name,
            ImageStatus status,
            Labels labels,
            Publication publication,
            @Nullable ProductCode productCode,
            boolean isProtected) {
        return with(name, status, labels, publication, productCode, isProtected, revision);
    }

    Image atRevision(long number) {
        return with(name, status, labels, publication, productCode, isProtected, number);
    }

    private Image with(
            ImageName name,
            ImageStatus status,
            Labels labels,
            Publication publication,
            @Nullable ProductCode productCode,
            boolean isProtected,
            long revision) {
        return new Image(
                id,
                name,
                region,
                owner,
                status,
                snapshot,
                sizeBytes,
                disk,
                checksum,
                labels,
                publication,
                productCode,
                isProtected,
                source,
                madeBy,
                copyingTo,
                shareCount,
                instanceCount,
                revision,
                reserves,
                createdAt,
                createdBy);
    }

    /** Whether everybody sees it. */
    public boolean published() {
        return publication != Publication.PRIVATE;
    }

    /** Its place in every list of images: by creation, and then by id, so that no two share one. */
    public String listOrder() {
        return Moments.sortable(createdAt) + "#" + id;
    }

    /** How it reaches its owner and everybody else, shares left aside. */
    public Category category(AccountId account) {
        return switch (publication) {
            case PUBLIC -> Category.PUBLIC;
            case MARKETPLACE -> Category.MARKETPLACE;
            case PRIVATE -> ownedBy(account) ? Category.CUSTOM : Category.SHARED;
        };
    }

    /** The accounts that see an image without a share. */
    public enum Publication {
        PRIVATE,
        PUBLIC,
        MARKETPLACE
    }
}
