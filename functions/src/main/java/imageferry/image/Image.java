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
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A custom machine image. Its bytes never change; its terms may.
 *
 * @param terms everything but the status that its owner may change
 */
public record Image(
        ImageId id,
        Region region,
        AccountId owner,
        ImageStatus status,
        Terms terms,
        Content content,
        Uses uses,
        Origin origin) {
    /**
     * The words of its owner.
     *
     * @param productCode the marketplace's; an image with one is {@link Publication#MARKETPLACE}, and no other is
     */
    public record Terms(
            ImageName name,
            Labels labels,
            Publication publication,
            @Nullable ProductCode productCode,
            boolean isProtected) {
        /** @throws IllegalArgumentException when the product code does not fit the publication */
        public Terms {
            if ((productCode != null) != (publication == Publication.MARKETPLACE)) {
                throw new IllegalArgumentException("A " + publication + " image has the product code " + productCode
                        + "; only a MARKETPLACE one has one");
            }
        }

        /** Returns the terms of a private image without protection. */
        public static Terms of(ImageName name, Labels labels) {
            return new Terms(name, labels, Publication.PRIVATE, null, false);
        }
    }

    /**
     * The bytes.
     *
     * @param sizeBytes the snapshot's size, known from the request on
     * @param disk recognised from the bytes at the import; null for images from before disks were recognised
     * @param checksum set once the snapshot is proven
     */
    public record Content(
            SnapshotId snapshot,
            long sizeBytes,
            @Nullable Disk disk,
            @Nullable Checksum checksum) {
        /** Of a new image. */
        public static Content unproven(SnapshotId snapshot, long sizeBytes, @Nullable Disk disk) {
            return new Content(snapshot, sizeBytes, disk, null);
        }
    }

    /**
     * The users of the image and its owner's changes.
     *
     * @param copyingTo the running copies that lock it as their source
     * @param revision number of its owner's changes; every copy of its terms elsewhere is of one revision
     * @param reserves whether it still holds its name and its place in the owner's quota
     * @param bin set while it is {@link ImageStatus#RECYCLED}
     */
    public record Uses(
            Set<CopyId> copyingTo,
            long shareCount,
            long instanceCount,
            long revision,
            boolean reserves,
            @Nullable InBin bin) {
        /** Of a new image. */
        public static final Uses NONE = new Uses(Set.of(), 0, 0, 0, true, null);

        public Uses {
            copyingTo = Set.copyOf(copyingTo);
        }
    }

    /**
     * The stay of a deleted image in the bin.
     *
     * @param since the time of its deletion
     * @param purgeAt the time from which the sweeper deletes its bytes
     * @param before the status that a restore gives back
     */
    public record InBin(Instant since, Instant purgeAt, ImageStatus before) {}

    /**
     * The maker.
     *
     * @param source the image it was copied from; null for an import
     * @param madeBy the copy that makes or made it
     */
    public record Origin(@Nullable Lineage source, CopyId madeBy, Instant createdAt, String createdBy) {}

    public ImageName name() {
        return terms.name;
    }

    public Labels labels() {
        return terms.labels;
    }

    public Publication publication() {
        return terms.publication;
    }

    public @Nullable Checksum checksum() {
        return content.checksum;
    }

    public CopyId madeBy() {
        return origin.madeBy;
    }

    public Blob blob() {
        return Blob.of(region, content.snapshot);
    }

    public boolean ownedBy(AccountId account) {
        return owner.equals(account);
    }

    /** Returns whether it has bytes of its own, which its deletion removes. */
    public boolean hasBytes() {
        return content.checksum != null;
    }

    /** Returns the image with other terms: everything that an owner may change. */
    public Image revised(ImageStatus status, Terms terms) {
        return new Image(id, region, owner, status, terms, content, uses, origin);
    }

    /** Returns its stay in the bin. */
    public Optional<InBin> bin() {
        return Optional.ofNullable(uses.bin);
    }

    /** Returns the image with its former status and with that name, out of the bin. */
    public Image restored(InBin from, ImageName name) {
        var named = new Terms(name, terms.labels, terms.publication, terms.productCode, terms.isProtected);
        var used = new Uses(uses.copyingTo, uses.shareCount, uses.instanceCount, uses.revision, true, null);
        return new Image(id, region, owner, from.before, named, content, used, origin);
    }

    Image atRevision(long number) {
        var revised = new Uses(uses.copyingTo, uses.shareCount, uses.instanceCount, number, uses.reserves, uses.bin);
        return new Image(id, region, owner, status, terms, content, revised, origin);
    }

    /** Returns whether all accounts see it. */
    public boolean published() {
        return terms.publication != Publication.PRIVATE;
    }

    /** Returns its place in every list of images: by creation, and then by id, so that no two share one. */
    public String listOrder() {
        return Moments.sortable(origin.createdAt) + "#" + id;
    }

    /** Returns its category for its owner or for any other caller, shares left aside. */
    public Category category(AccountId account) {
        return switch (terms.publication) {
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
