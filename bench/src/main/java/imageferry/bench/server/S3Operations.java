package imageferry.bench.server;

import static imageferry.bench.server.S3Request.unquoted;

import imageferry.bench.store.Request;
import imageferry.bench.store.SimulatedS3;
import imageferry.bench.store.SimulatedS3.Origin;
import imageferry.bench.store.StoredObject;
import imageferry.bench.store.StoredPart;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** S3 operations that copying needs. All others are answered with 501 NotImplemented. */
final class S3Operations {
    private static final int PAGE = 1_000;
    /** The object that says whose the bucket is. */
    private static final String OWNER = "ledger";

    private static final String WHEN = "2026-01-01T00:00:00.000Z";
    private static final String WHEN_IN_A_HEADER = "Thu, 01 Jan 2026 00:00:00 GMT";

    private final SimulatedS3 s3;

    S3Operations(SimulatedS3 s3) {
        this.s3 = s3;
    }

    S3Response answer(S3Request request) throws InterruptedException {
        return request.isOfBucket() ? ofBucket(request) : ofObject(request);
    }

    private S3Response ofBucket(S3Request request) throws InterruptedException {
        return switch (request.method()) {
            case "HEAD" -> bare(Request.HEAD_BUCKET, S3Response.of(Map.of("x-amz-bucket-region", "us-east-1")));
            case "GET" -> {
                if (request.asks("location")) {
                    yield bare(Request.GET_BUCKET_LOCATION, S3Response.of(Xml.of("LocationConstraint")));
                }
                yield request.asks("uploads") ? uploads(request) : list(request);
            }
            default -> unknown(request);
        };
    }

    private S3Response bare(Request request, S3Response answer) throws InterruptedException {
        s3.bare(request);
        return answer;
    }

    private S3Response ofObject(S3Request request) throws InterruptedException {
        return switch (request.method()) {
            case "HEAD" -> S3Response.of(headers(s3.look(Request.HEAD_OBJECT, request.place())));
            case "GET" -> get(request);
            case "POST" -> request.asks("uploads") ? open(request) : complete(request);
            case "PUT" -> put(request);
            case "DELETE" -> delete(request);
            default -> unknown(request);
        };
    }

    private S3Response get(S3Request request) throws InterruptedException {
        if (request.asks("uploadId")) {
            return parts(request);
        }
        if (request.asks("attributes")) {
            return attributes(request);
        }
        if (request.asks("tagging")) {
            s3.look(Request.GET_TAGS, request.place());
            return S3Response.of(Xml.of("Tagging").with(Xml.of("TagSet")));
        }
        return request.place().key().equals(OWNER) ? S3Response.of(s3.owner()) : unknown(request);
    }

    private S3Response put(S3Request request) throws InterruptedException {
        var origin = request.origin();
        if (origin.isEmpty()) {
            return unknown(request);
        }
        return request.asks("uploadId") ? copyPart(request, origin.get()) : copyObject(request, origin.get());
    }

    private S3Response delete(S3Request request) throws InterruptedException {
        if (request.asks("uploadId")) {
            s3.abort(request.parameter("uploadId"));
        } else {
            s3.delete(request.place());
        }
        return S3Response.nothing();
    }

    private static S3Response unknown(S3Request request) {
        return S3Response.error(
                501,
                "NotImplemented",
                request.method() + " is not implemented here, because copying does not need it.");
    }

    private S3Response list(S3Request request) throws InterruptedException {
        var found = s3.list(request.place().bucket(), request.parameter("prefix"));
        var xml = Xml.of("ListBucketResult")
                .with("Name", request.place().bucket())
                .with("Prefix", request.parameter("prefix"))
                .with("KeyCount", found.size())
                .with("MaxKeys", PAGE)
                .with("IsTruncated", false);
        found.forEach(entry -> xml.with(Xml.of("Contents")
                .with("Key", entry.getKey().key())
                .with("LastModified", WHEN)
                .with("ETag", quoted(entry.getValue().eTag()))
                .with("Size", entry.getValue().sizeBytes())
                .with("StorageClass", "STANDARD")));
        return S3Response.of(xml);
    }

    private S3Response uploads(S3Request request) throws InterruptedException {
        var xml = Xml.of("ListMultipartUploadsResult")
                .with("Bucket", request.place().bucket())
                .with("IsTruncated", false);
        s3.uploads(request.place().bucket(), request.parameter("prefix"))
                .forEach(upload -> xml.with(Xml.of("Upload")
                        .with("Key", upload.target().key())
                        .with("UploadId", upload.id())
                        .with("Initiated", WHEN)));
        return S3Response.of(xml);
    }

    private S3Response open(S3Request request) throws InterruptedException {
        var algorithm = request.header("x-amz-checksum-algorithm").orElse("");
        var upload = s3.open(request.place(), algorithm.equalsIgnoreCase("SHA256"));
        return S3Response.of(Xml.of("InitiateMultipartUploadResult")
                .with("Bucket", request.place().bucket())
                .with("Key", request.place().key())
                .with("UploadId", upload.id()));
    }

    private S3Response parts(S3Request request) throws InterruptedException {
        var upload = s3.upload(request.parameter("uploadId"));
        var most = Math.min(PAGE, request.number("max-parts", PAGE));
        var after = request.number("part-number-marker", 0);
        var page = upload.parts().values().stream()
                .filter(part -> part.number() > after)
                .limit(most + 1L)
                .toList();
        var shown = page.subList(0, Math.min(most, page.size()));
        var xml = Xml.of("ListPartsResult")
                .with("UploadId", upload.id())
                .with("PartNumberMarker", after)
                .with(
                        "NextPartNumberMarker",
                        shown.isEmpty() ? after : shown.getLast().number())
                .with("MaxParts", most)
                .with("IsTruncated", page.size() > most);
        shown.forEach(part -> {
            var element = Xml.of("Part")
                    .with("PartNumber", part.number())
                    .with("LastModified", WHEN)
                    .with("ETag", quoted(part.eTag()))
                    .with("Size", part.sizeBytes());
            xml.with(upload.sha256() ? element.with("ChecksumSHA256", part.sha256()) : element);
        });
        return S3Response.of(xml);
    }

    private S3Response attributes(S3Request request) throws InterruptedException {
        var object = s3.look(Request.GET_ATTRIBUTES, request.place());
        var most = Integer.parseInt(request.header("x-amz-max-parts").orElse("" + PAGE));
        var after = Integer.parseInt(request.header("x-amz-part-number-marker").orElse("0"));
        var xml = Xml.of("GetObjectAttributesResponse")
                .with("ETag", object.eTag())
                .with("ObjectSize", object.sizeBytes());
        return S3Response.of(object.parts().isEmpty() ? xml : xml.with(objectParts(object.parts(), after, most)));
    }

    private static Xml objectParts(List<StoredPart> all, int after, int most) {
        var page =
                all.stream().filter(part -> part.number() > after).limit(most).toList();
        var last = page.isEmpty() ? after : page.getLast().number();
        var xml = Xml.of("ObjectParts")
                .with("PartsCount", all.size())
                .with("PartNumberMarker", after)
                .with("NextPartNumberMarker", last)
                .with("MaxParts", most)
                .with("IsTruncated", last < all.getLast().number());
        page.forEach(part -> xml.with(Xml.of("Part")
                .with("PartNumber", part.number())
                .with("Size", part.sizeBytes())
                .with("ChecksumSHA256", part.sha256())));
        return xml;
    }

    private S3Response copyPart(S3Request request, Origin origin) throws InterruptedException {
        var part = s3.copyPart(
                request.parameter("uploadId"), request.number("partNumber", 0), origin, request.copyRange());
        return S3Response.of(Xml.of("CopyPartResult")
                .with("LastModified", WHEN)
                .with("ETag", quoted(part.eTag()))
                .with("ChecksumSHA256", part.sha256()));
    }

    private S3Response copyObject(S3Request request, Origin origin) throws InterruptedException {
        var made = s3.copyObject(request.place(), origin);
        return S3Response.of(
                Xml.of("CopyObjectResult").with("LastModified", WHEN).with("ETag", quoted(made.eTag())));
    }

    private S3Response complete(S3Request request) throws InterruptedException {
        var ifAbsent = request.header("if-none-match").equals(Optional.of("*"));
        var made = s3.complete(request.parameter("uploadId"), CompletedParts.read(request.body()), ifAbsent);
        return S3Response.of(Xml.of("CompleteMultipartUploadResult")
                .with("Bucket", request.place().bucket())
                .with("Key", request.place().key())
                .with("ETag", quoted(made.eTag())));
    }

    private static Map<String, String> headers(StoredObject object) {
        return Map.of(
                "Content-Length",
                String.valueOf(object.sizeBytes()),
                "Content-Type",
                "application/octet-stream",
                "Last-Modified",
                WHEN_IN_A_HEADER,
                "ETag",
                quoted(object.eTag()),
                "Accept-Ranges",
                "bytes");
    }

    private static String quoted(String eTag) {
        return '"' + unquoted(eTag) + '"';
    }
}
