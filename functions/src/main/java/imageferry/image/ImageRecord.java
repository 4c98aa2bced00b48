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
import java.util.Optional;

/** The form of an image in the ledger. */
final class ImageRecord {
    /** The partition of the index of unfinished things that holds images whose removal goes on. */
    static final String UNFINISHED = "IMAGES";

    /** The list of the images that everybody sees. */
    static final String PUBLIC = "PUBLIC";

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

    /** The list of an owner's images. */
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

    /** The image as a list has it: with the attributes by which the indexes find it there. */
    static Item entry(String list, Image image) {
        return new ListKeys(
                        list,
                        image.region().name(),
                        image.status().toString(),
                        image.listOrder(),
                        Optional.ofNullable(image.labels().family()),
                        Optional.of(image.name().value()))
                .on(facts(image));
    }

    /** Everything that is kept of an image, but no place in a list. */
    static Item facts(Image image) {
        var source = image.origin().source();
        var disk = image.content().disk();
        var checksum = image.checksum();
        return Item.empty()
                .with("imageId", image.id())
                .with("name", image.name())
                .with("region", image.region())
                .with("owner", image.owner())
                .with("status", image.status())
                .with("snapshotId", image.content().snapshot())
                .with("sizeBytes", image.content().sizeBytes())
                .with("format", disk == null ? null : disk.format())
                .with("virtualSizeBytes", disk == null ? null : disk.virtualSizeBytes())
                .with("bootMode", disk == null ? null : disk.bootMode())
                .with("checksum", checksum == null ? null : checksum.value())
                .with("partSizeBytes", checksum == null ? null : checksum.partSizeBytes())
                .with("description", image.labels().description())
                .with("family", image.labels().family())
                .with("tags", new LinkedHashMap<>(image.labels().tags()))
                .with("publication", image.publication())
                .with("productCode", image.terms().productCode())
                .with("protected", image.terms().isProtected())
                .with("sourceImageId", source == null ? null : source.image())
                .with("sourceRegion", source == null ? null : source.region())
                .with("copyId", image.madeBy())
                .with("shareCount", image.uses().shareCount())
                .with("instanceCount", image.uses().instanceCount())
                .with("revision", image.uses().revision())
                .with("reserves", image.uses().reserves() ? true : null)
                .with("createdAt", image.origin().createdAt())
                .with("createdBy", image.origin().createdBy())
                .with("changedAt", image.origin().createdAt())
                .with("changedBy", image.origin().createdBy());
    }

    static Image image(Item item) {
        return new Image(
                new ImageId(item.text("imageId")),
                new Region(item.text("region")),
                new AccountId(item.text("owner")),
                ImageStatus.of(item.text("status")),
                terms(item),
                content(item),
                new Image.Uses(
                        item.texts("copyingTo").stream().map(CopyId::new).collect(toUnmodifiableSet()),
                        item.number("shareCount"),
                        item.number("instanceCount"),
                        item.maybeNumber("revision").orElse(0L),
                        item.flag("reserves")),
                new Image.Origin(
                        item.maybeText("sourceImageId")
                                .map(id -> new Lineage(new ImageId(id), new Region(item.text("sourceRegion"))))
                                .orElse(null),
                        new CopyId(item.text("copyId")),
                        item.instant("createdAt"),
                        item.text("createdBy")));
    }

    private static Image.Terms terms(Item item) {
        return new Image.Terms(
                new ImageName(item.text("name")),
                new Labels(
                        item.maybeText("description").orElse(null),
                        item.maybeText("family").orElse(null),
                        item.map("tags").entrySet().stream()
                                .collect(toMap(
                                        Map.Entry::getKey, tag -> tag.getValue().toString()))),
                Image.Publication.valueOf(item.text("publication")),
                item.maybeText("productCode").map(ProductCode::new).orElse(null),
                item.flag("protected"));
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
