package imageferry.local.prove;

import imageferry.rule.Count;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/** Uploads the generated disk in parts and imports it. */
record Import(Installation installation, Disk disk) implements Step {
    /** Of 1 MiB, in one part of the upload: few requests, and little to repeat after a failure. */
    private static final int BLOCKS = 64;

    private static final Polling REMOVAL = new Polling(Duration.ofMillis(300), Duration.ofMinutes(2));

    @Override
    public String name() {
        return "Import " + Count.of(disk.bytes(), "byte");
    }

    @Override
    public String asked() {
        return "An uploaded raw disk becomes an Available image, and the upload is removed.";
    }

    @Override
    public Outcome run() throws Exception {
        var home = installation.settings().home();
        var name = installation.settings().run() + "-disk";
        var key = installation.region(home).path("importPrefix").asText() + name + ".raw";
        var bucket = installation.bucket(home);
        upload(home, bucket, key);
        var request = Map.of("region", home, "name", name, "importKey", key, "clientToken", name);
        var accepted = installation.api().post("/images", request).ok();
        var copies = new Copies(installation);
        var ended = copies.ended(accepted.path("copy"));
        if (!Copies.status(ended).equals("Available")) {
            return new Outcome.Failed("The import ended as " + Copies.described(ended) + ".");
        }
        var image = accepted.at("/image/imageId").asText();
        installation.imported(image);
        if (installation.settings().emulated()) {
            // S3 deletes it on condition of its ETag, which emulators do not know.
            installation.s3(home).deleteObject(r -> r.bucket(bucket).key(key));
        }
        REMOVAL.until("the removal of the upload", () -> installation.keys(home, key), left -> left.isEmpty());
        return new Outcome.Passed(image + " is Available in " + home + ".");
    }

    private void upload(String region, String bucket, String key) {
        var s3 = installation.s3(region);
        var upload = s3.createMultipartUpload(r -> r.bucket(bucket).key(key).checksumAlgorithm(ChecksumAlgorithm.CRC32))
                .uploadId();
        var parts = new ArrayList<CompletedPart>();
        for (var at = 0L; at < disk.bytes(); at += (long) BLOCKS << 20) {
            var bytes = disk.part(at, BLOCKS);
            var number = parts.size() + 1;
            var sent = s3.uploadPart(
                    r -> r.bucket(bucket)
                            .key(key)
                            .uploadId(upload)
                            .partNumber(number)
                            .checksumAlgorithm(ChecksumAlgorithm.CRC32),
                    RequestBody.fromBytes(bytes));
            parts.add(CompletedPart.builder()
                    .partNumber(number)
                    .eTag(sent.eTag())
                    .checksumCRC32(sent.checksumCRC32())
                    .build());
        }
        s3.completeMultipartUpload(
                r -> r.bucket(bucket).key(key).uploadId(upload).multipartUpload(m -> m.parts(parts)));
    }
}
