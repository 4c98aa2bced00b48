package imageferry.image;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toUnmodifiableSet;

import imageferry.account.AccountId;
import imageferry.disk.BootMode;
import imageferry.disk.Disk;
import imageferry.disk.Format;
import imageferry.id.CopyId;
import imageferry.id.ImageId;
import imageferry.id.SnapshotId;
import imageferry.ledger.Item;
import imageferry.ledger.Key;
import imageferry.ledger.ListKeys;
import imageferry.region.Region;
import imageferry.snapshot.Checksum;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The form of an image in the ledger. The constants name the attributes that use cases change. */
public final class ImageRecord {
    /** The partition of the index of unfinished work that holds images whose removal continues. */
    static final String UNFINISHED = "IMAGES";

    /** The list of the images that everybody sees. */
    static final String PUBLIC = "PUBLIC";

    public static final String CHANGED_AT = "changedAt";
    public static final String CHANGED_BY = "changedBy";
    public static final String COPYING_TO = "copyingTo";
    public static final String COPY_ID = "copyId";
    public static final String DESCRIPTION = "description";
    public static final String FAMILY = "family";
    public static final String IMAGE_ID = "imageId";
    public static final String INSTANCE_COUNT = "instanceCount";
    public static final String NAME = "name";
    public static final String OWNER = "owner";
    public static final String PRODUCT_CODE = "productCode";
    public static final String PROTECTED = "protected";
    public static final String PUBLICATION = "publication";
    public static final String PURGE_AT = "purgeAt";
    public static final String RECYCLED_AT = "recycledAt";
    public static final String REGION = "region";
    public static final String RESERVES = "reserves";
    public static final String REVISION = "revision";
    public static final String SHARE_COUNT = "shareCount";
    public static final String SOURCE_IMAGE_ID = "sourceImageId";
    public static final String STATUS = "status";
    public static final String STATUS_BEFORE = "statusBefore";
    public static final String TAGS = "tags";

    private ImageRecord() {}

    static Key key(ImageId id) {
        return new Key("IMAGE#" + id, "IMAGE");
    }

    static Key nameKey(AccountId owner, Region region, ImageName name) {
        return new Key("NAME#" + owner + "#" + region, name.value());
    }

    static Key quotaKey(AccountId owner, Region region) {
        return new Key("QUOTA#" + owner + "#" + region, "IMAGES");
    }

    static String listOf(AccountId owner) {
        return "IMAGES#" + owner;
    }

    /** An image's entry in {@link #PUBLIC}. */
    static Key publicKey(ImageId id) {
        return new Key("IMAGE#" + id, "PUBLIC");
    }

    static Item item(Image image) {
        return entry(listOf(image.owner()), image);
    }

    /** The bin of a region: the recycled images of all accounts, in the order of their purge. */
    static String binOf(Region region) {
        return "BIN#" + region;
    }

    /** The image as a list has it: with the attributes by which the indexes find it there. */
    static Item entry(String list, Image image) {
        return listKeys(list, image).on(facts(image));
    }

    static ListKeys listKeys(String list, Image image) {
        return new ListKeys(
                list,
                image.region().name(),
                image.status().toString(),
                image.listOrder(),
                image.labels().family(),
                image.name().value());
    }

    /** Everything that is kept of an image, but no place in a list. */
    static Item facts(Image image) {
        var source = image.origin().source();
        var disk = image.content().disk();
        var checksum = image.checksum();
        return Item.empty()
                .with(IMAGE_ID, image.id())
                .with(NAME, image.name())
                .with(REGION, image.region())
                .with(OWNER, image.owner())
                .with(STATUS, image.status())
                .with("snapshotId", image.content().snapshot())
                .with("sizeBytes", image.content().sizeBytes())
                .with("format", disk == null ? null : disk.format())
                .with("virtualSizeBytes", disk == null ? null : disk.virtualSizeBytes())
                .with("bootMode", disk == null ? null : disk.bootMode())
                .with("checksum", checksum == null ? null : checksum.value())
                .with("partSizeBytes", checksum == null ? null : checksum.partSizeBytes())
                .with(DESCRIPTION, image.labels().description())
                .with(FAMILY, image.labels().family())
                .with(TAGS, new LinkedHashMap<>(image.labels().tags()))
                .with(PUBLICATION, image.publication())
                .with(PRODUCT_CODE, image.terms().productCode())
                .with(PROTECTED, image.terms().isProtected())
                .with(SOURCE_IMAGE_ID, source == null ? null : source.image())
                .with("sourceRegion", source == null ? null : source.region())
                .with(COPY_ID, image.madeBy())
                .with(SHARE_COUNT, image.uses().shareCount())
                .with(INSTANCE_COUNT, image.uses().instanceCount())
                .with(REVISION, image.uses().revision())
                .with(RESERVES, image.uses().reserves() ? true : null)
                .with("createdAt", image.origin().createdAt())
                .with("createdBy", image.origin().createdBy())
                .with(CHANGED_AT, image.origin().createdAt())
                .with(CHANGED_BY, image.origin().createdBy());
    }

    static Image image(Item item) {
        return new Image(
                new ImageId(item.text(IMAGE_ID)),
                new Region(item.text(REGION)),
                new AccountId(item.text(OWNER)),
                ImageStatus.of(item.text(STATUS)),
                terms(item),
                content(item),
                new Image.Uses(
                        item.texts(COPYING_TO).stream().map(CopyId::new).collect(toUnmodifiableSet()),
                        item.number(SHARE_COUNT),
                        item.number(INSTANCE_COUNT),
                        item.maybeNumber(REVISION).orElse(0L),
                        item.flag(RESERVES),
                        bin(item)),
                new Image.Origin(
                        item.maybeText(SOURCE_IMAGE_ID)
                                .map(id -> new Lineage(new ImageId(id), new Region(item.text("sourceRegion"))))
                                .orElse(null),
                        new CopyId(item.text(COPY_ID)),
                        item.instant("createdAt"),
                        item.text("createdBy")));
    }

    private static Image.@Nullable InBin bin(Item item) {
        return item.maybeInstant(PURGE_AT)
                .map(purgeAt ->
                        new Image.InBin(item.instant(RECYCLED_AT), purgeAt, ImageStatus.of(item.text(STATUS_BEFORE))))
                .orElse(null);
    }

    private static Image.Terms terms(Item item) {
        return new Image.Terms(
                new ImageName(item.text(NAME)),
                new Labels(
                        item.maybeText(DESCRIPTION).orElse(null),
                        item.maybeText(FAMILY).orElse(null),
                        item.map(TAGS).entrySet().stream()
                                .collect(toMap(
                                        Map.Entry::getKey, tag -> tag.getValue().toString()))),
                Image.Publication.valueOf(item.text(PUBLICATION)),
                item.maybeText(PRODUCT_CODE).map(ProductCode::new).orElse(null),
                item.flag(PROTECTED));
    }

    private static Image.Content content(Item item) {
        return new Image.Content(
                new SnapshotId(item.text("snapshotId")),
                item.number("sizeBytes"),
                item.maybeText("format")
                        .flatMap(Format::of)
                        .map(format -> disk(format, item))
                        .orElse(null),
                item.maybeText("checksum")
                        .map(value -> new Checksum(value, item.number("partSizeBytes")))
                        .orElse(null));
    }

    private static Disk disk(Format format, Item item) {
        return new Disk(
                format,
                item.number("virtualSizeBytes"),
                item.maybeText("bootMode").map(BootMode::of).orElse(null));
    }
}
