package imageferry.local.command;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.JsonNode;
import imageferry.id.ImageId;
import imageferry.image.Images;
import imageferry.local.command.Request.Reply;
import imageferry.rule.Code;
import imageferry.snapshot.Blob;
import imageferry.snapshot.Bytes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;

/**
 * For each code a request that provokes it, each time by an account without belongings. Every copy here waits for the
 * operator's approval, an account may have two images and one copy in a region, and an image one share.
 */
final class Provocations {
    static final Map<String, String> PARAMETERS = Map.of(
            "ApprovalAboveBytes", "0",
            "ImagesPerRegion", "2",
            "CopiesPerRegion", "1",
            "SharesPerImage", "1",
            "AllowedAccounts", allowed());

    private static final String HOME = InMemoryCloud.HOME.name();
    private static final String AWAY = InMemoryCloud.AWAY.name();
    private static final String RECIPIENT = "888888888888";
    private static final long MORE_THAN_S3_HOLDS = 60L << 40;

    private static final long FIRST_ACCOUNT = 300_000_000_000L;
    private static final AtomicLong ACCOUNTS = new AtomicLong(FIRST_ACCOUNT);

    private final InMemoryCloud cloud;
    private final Code code;
    private final String account;

    Provocations(InMemoryCloud cloud, Code code) {
        this.cloud = cloud;
        this.code = code;
        this.account = Long.toString(ACCOUNTS.incrementAndGet());
    }

    /** One account for each code, and the recipient of shares. */
    private static String allowed() {
        return LongStream.rangeClosed(1, Code.values().length)
                .mapToObj(number -> Long.toString(FIRST_ACCOUNT + number))
                .collect(joining(",", RECIPIENT + ",", ""));
    }

    /** The answer to the request that must provoke the code. */
    Reply answer() throws Exception {
        return switch (code) {
            case MISSING_PARAMETER -> sent(new Request("POST", "/images", "{}"));
            case INVALID_PARAMETER -> send("GET", "/usage?month=2026-13");
            case UNKNOWN_PARAMETER -> send("GET", "/copies?colour=red");
            case MALFORMED_BODY -> sent(new Request("POST", "/images", "{"));
            case BODY_TOO_LARGE -> send("POST", "/images", Map.of("description", "x".repeat(70_000)));
            case INVALID_REGION -> copy(imported(), Map.of("region", "mars-1"));
            case INVALID_IMAGE_NAME -> importing(Map.of("name", "1st"));
            case INVALID_DESCRIPTION -> importing(Map.of("description", "x"));
            case INVALID_TAG -> importing(Map.of("tags", Map.of("", "empty")));
            case INVALID_PRODUCT_CODE ->
                send("PATCH", "/images/m-aaaaaaaaaaaaaaaaa", Map.of("productCode", "no spaces"));
            case INVALID_ACCOUNT_ID -> send("PUT", "/images/" + imported() + "/shares/12");
            case INVALID_CLIENT_TOKEN -> importing(Map.of("clientToken", "not printable: \u00e9"));
            case INVALID_NEXT_TOKEN -> send("GET", "/copies?nextToken=forged");
            case INVALID_IMPORT_KEY -> importing(Map.of("importKey", "imports/" + RECIPIENT + "/disk"));
            case IMPORT_KEY_NOT_FOUND -> importing(Map.of());
            case INVALID_IMAGE_FORMAT_EMPTY -> importing(new byte[0]);
            case INVALID_IMAGE_FORMAT_TRUNCATED -> importing(qcow2().limit(80));
            case INVALID_IMAGE_FORMAT_DAMAGED -> importing(qcow2().putInt(20, 99));
            case INVALID_IMAGE_FORMAT_UNKNOWN -> importing("Dear reader".getBytes(StandardCharsets.UTF_8));
            case INVALID_IMAGE_FORMAT_ENCRYPTED -> importing(qcow2().putInt(32, 2));
            case INVALID_IMAGE_FORMAT_SPLIT ->
                importing("# Disk DescriptorFile\nRW 4192256 SPARSE \"disk-s001.vmdk\"\n"
                        .getBytes(StandardCharsets.UTF_8));
            case INVALID_IMAGE_FORMAT_BACKING_FILE -> importing(qcow2().putLong(8, 256));
            case INVALID_IMAGE_FORMAT_MISMATCH -> {
                upload(InMemoryCloud.disk());
                yield importing(Map.of("format", "qcow2"));
            }
            case INCORRECT_DESTINATION_REGION -> copy(imported(), Map.of("region", HOME));
            case SIZE_EXCEEDED -> {
                cloud.sizes.report(upload(InMemoryCloud.disk()), MORE_THAN_S3_HOLDS);
                yield importing(Map.of("format", "raw"));
            }
            case IMAGE_NOT_FOUND -> send("GET", "/images/m-aaaaaaaaaaaaaaaaa");
            case SNAPSHOT_NOT_FOUND -> {
                var image = imported();
                cloud.store.delete(snapshot(image));
                yield copy(image, Map.of("region", AWAY));
            }
            case COPY_NOT_FOUND -> send("GET", "/copies/c-aaaaaaaaaaaaaaaaa");
            case GROUP_NOT_FOUND -> send("GET", "/groups/g-aaaaaaaaaaaaaaaaa");
            case TICKET_NOT_FOUND -> send("POST", "/tickets/k-aaaaaaaaaaaaaaaaa/approve");
            case INSTANCE_NOT_FOUND -> send("GET", "/instances/i-aaaaaaaaaaaaaaaaa");
            case INCORRECT_IMAGE_STATUS -> send("GET", "/images/" + text(pending(imported()), "imageId") + "/download");
            case INCORRECT_COPY_STATUS -> send("POST", "/copies/" + text(pending(imported()), "copyId") + "/retry");
            case INCORRECT_TICKET_STATUS -> {
                var ticket = "/tickets/" + text(pending(imported()), "ticketId");
                Request.of("POST", ticket + "/reject")
                        .send(cloud.uri(), Demo.OPERATOR)
                        .expectDone();
                yield Request.of("POST", ticket + "/approve").send(cloud.uri(), Demo.OPERATOR);
            }
            case IMAGE_CREATED_NOT_FROM_COPY -> send("POST", "/images/" + imported() + "/cancel-copy");
            case IMAGE_COPYING -> {
                var image = imported();
                pending(image);
                yield send("DELETE", "/images/" + image);
            }
            case IMAGE_IN_OTHER_REGION -> send("POST", "/instances", Map.of("imageId", imported(), "region", AWAY));
            case IMAGE_USE_SHARED -> send("DELETE", "/images/" + shared());
            case IMAGE_USING_BY_INSTANCE -> {
                var image = imported();
                done("POST", "/instances", Map.of("imageId", image, "region", HOME));
                yield send("DELETE", "/images/" + image);
            }
            case IMAGE_PROTECTED -> {
                var image = imported();
                done("PATCH", "/images/" + image, Map.of("protected", true));
                yield send("DELETE", "/images/" + image + "?force=true");
            }
            case PUBLIC_IMAGE -> copy(published(Map.of("public", true)), Map.of("region", AWAY));
            case MARKETPLACE_IMAGE -> copy(published(Map.of("productCode", "golden")), Map.of("region", AWAY));
            case SHARED_IMAGE ->
                Request.of("POST", "/images/" + shared() + "/copies", targets(Map.of("region", AWAY)))
                        .send(cloud.uri(), RECIPIENT);
            case NOT_OWNER ->
                Request.of("PATCH", "/images/" + shared(), Map.of("description", "Mine"))
                        .send(cloud.uri(), RECIPIENT);
            case NOT_OPERATOR -> send("POST", "/tickets/" + text(pending(imported()), "ticketId") + "/approve");
            case SHARE_WITH_ONESELF -> send("PUT", "/images/" + imported() + "/shares/" + account);
            case SHARE_NOT_FOUND -> send("DELETE", "/images/" + imported() + "/shares/" + RECIPIENT);
            case ACCESS_DENIED -> Request.of("GET", "/regions").send(cloud.uri(), "999999999999");
            case MISSING_IDENTITY -> cloud.unsigned("GET", "/regions");
            case IMAGE_QUOTA -> {
                imported();
                imported();
                yield importing(InMemoryCloud.disk());
            }
            case COPY_QUOTA -> {
                var image = imported();
                pending(image);
                yield copy(image, Map.of("region", AWAY, "name", "another"));
            }
            case SHARE_QUOTA -> send("PUT", "/images/" + shared() + "/shares/777777777777");
            case BIN_QUOTA -> {
                done("DELETE", "/images/" + imported(), Map.of());
                done("DELETE", "/images/" + imported(), Map.of());
                yield send("DELETE", "/images/" + imported());
            }
            case IMAGE_NAME_DUPLICATED -> {
                var taken = text(send("GET", "/images/" + imported()).expectDone(), "name");
                upload(InMemoryCloud.disk());
                yield importing(Map.of("name", taken));
            }
            case IDEMPOTENT_PARAMETER_MISMATCH -> {
                upload(InMemoryCloud.disk());
                importing(Map.of("clientToken", "once", "name", "one")).expectDone();
                yield importing(Map.of("clientToken", "once", "name", "other"));
            }
            case CHECKSUM_MISMATCH -> {
                upload(InMemoryCloud.disk());
                yield importing(Map.of("expectedChecksum", "A".repeat(43) + "=-2"));
            }
            case UPLOAD_NOT_RESUMABLE -> {
                var copy = pending(imported());
                done("POST", "/images/" + text(copy, "imageId") + "/cancel-copy", Map.of());
                cloud.until(cloud::quiet);
                done("DELETE", "/images/" + text(copy, "imageId"), Map.of());
                yield send("POST", "/copies/" + text(copy, "copyId") + "/retry");
            }
        };
    }

    /** The header of a qcow2 image, version 3, of 1 MiB in clusters of 64 KiB. */
    private static ByteBuffer qcow2() {
        return ByteBuffer.allocate(512)
                .put(0, new byte[] {'Q', 'F', 'I', (byte) 0xfb})
                .putInt(4, 3)
                .putInt(20, 16)
                .putLong(24, 1 << 20);
    }

    private String key() {
        return "imports/" + account + "/disk";
    }

    private Blob upload(byte[] disk) {
        var blob = new Blob(InMemoryCloud.HOME, key());
        cloud.store.put(blob, Bytes.of(disk));
        return blob;
    }

    private Reply importing(ByteBuffer disk) throws Exception {
        var bytes = new byte[disk.remaining()];
        disk.get(0, bytes);
        return importing(bytes);
    }

    private Reply importing(byte[] disk) throws Exception {
        upload(disk);
        return importing(Map.of());
    }

    /** Requests the import of an upload, with these additional or changed fields. */
    private Reply importing(Map<String, ?> fields) throws Exception {
        var body = new HashMap<String, Object>(
                Map.of("region", HOME, "name", AccountClient.newName(), "importKey", key()));
        body.putAll(fields);
        return send("POST", "/images", body);
    }

    /** An image of the account. */
    private String imported() throws Exception {
        return cloud.imported(account, AccountClient.newName());
    }

    private String shared() throws Exception {
        var image = imported();
        done("PUT", "/images/" + image + "/shares/" + RECIPIENT, Map.of());
        return image;
    }

    /** An image of the operator, because only the operator may publish. */
    private String published(Map<String, ?> change) throws Exception {
        var image = cloud.imported(Demo.OPERATOR, AccountClient.newName());
        Request.of("PATCH", "/images/" + image, change)
                .send(cloud.uri(), Demo.OPERATOR)
                .expectDone();
        return image;
    }

    /** A copy of the image that waits for approval. */
    private JsonNode pending(String image) throws Exception {
        return copy(image, Map.of("region", AWAY)).expectDone().at("/copies/0");
    }

    private Reply copy(String image, Map<String, ?> target) throws Exception {
        return send("POST", "/images/" + image + "/copies", targets(target));
    }

    private static Map<String, ?> targets(Map<String, ?> target) {
        return Map.of("targets", List.of(target));
    }

    private Blob snapshot(String image) {
        var record = cloud.ledger.read(Images.key(new ImageId(image))).orElseThrow();
        return new Blob(InMemoryCloud.HOME, "snapshots/" + record.text("snapshotId"));
    }

    private static String text(JsonNode node, String field) {
        return node.path(field).asText();
    }

    private void done(String method, String path, Map<String, ?> body) throws Exception {
        send(method, path, body).expectDone();
    }

    private Reply send(String method, String path) throws Exception {
        return send(method, path, Map.of());
    }

    private Reply send(String method, String path, Map<String, ?> body) throws Exception {
        return sent(Request.of(method, path, body));
    }

    private Reply sent(Request request) throws Exception {
        return request.send(cloud.uri(), account);
    }
}
