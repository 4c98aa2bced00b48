package imageferry.local.faults;

import imageferry.ledger.Item;
import imageferry.simulation.RecordInvariants;
import imageferry.snapshot.Blob;
import imageferry.snapshot.OpenUpload;
import imageferry.snapshot.StoredBlob;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** The books without ids, times and tokens, so that two ways to the same end are equal. */
final class Summary {
    private Summary() {}

    static List<String> of(RecordInvariants books) {
        return Stream.of(
                        books.images()
                                .map(image -> "image " + RecordInvariants.place(image)
                                        + some(
                                                image,
                                                "name",
                                                "status",
                                                "reserves",
                                                "shareCount",
                                                "instanceCount",
                                                "publication",
                                                "productCode",
                                                "checksum")
                                        + image.texts("copyingTo").size()),
                        books.copies()
                                .map(copy -> "copy to" + some(copy, "region", "status", "unfinished", "bytesCharged")
                                        + flags(
                                                copy,
                                                "ticketId",
                                                "queuedAt",
                                                "wake",
                                                "uploadId",
                                                "resumableUntil",
                                                "continuedBy",
                                                "retryOf",
                                                "checksum")),
                        books.entries("REGION#", "SLOTS")
                                .map(entry -> entry.getKey() + " "
                                        + entry.getValue().map("holders").size()),
                        books.entries("TICKET#", "").map(entry -> "ticket" + some(entry.getValue(), "state")),
                        books.entries("INSTANCE#", "").map(entry -> "instance" + some(entry.getValue(), "region")),
                        books.entries("USAGE#", "")
                                .map(entry -> "usage " + entry.getKey().sort().split("#", -1)[0]
                                        + some(entry.getValue(), "bytes") + flags(entry.getValue(), "to")),
                        Stream.of("SHARE#", "WAIT#", "REQUEST", "GROUP", "PROGRESS")
                                .map(kind -> kind + " "
                                        + books.items().keySet().stream()
                                                .filter(key -> key.sort().startsWith(kind))
                                                .count()),
                        books.snapshots().map(blob -> "object in " + blob.split(" ", 2)[0]),
                        RecordInvariants.regions()
                                .flatMap(region -> books.bytes().uploads(region, "").stream())
                                .map(OpenUpload::target)
                                .map(target -> "upload in " + target.region()),
                        RecordInvariants.regions()
                                .flatMap(region -> books.bytes().list(region, "imports/").stream())
                                .map(StoredBlob::blob)
                                .map(Blob::toString))
                .flatMap(each -> each)
                .sorted()
                .toList();
    }

    private static String some(Item item, String... attributes) {
        return Stream.of(attributes)
                .map(name ->
                        " " + name + "=" + Objects.toString(item.attributes().get(name), "-"))
                .reduce("", String::concat);
    }

    private static String flags(Item item, String... attributes) {
        return Stream.of(attributes).filter(item::has).map(name -> " " + name).reduce("", String::concat);
    }
}
