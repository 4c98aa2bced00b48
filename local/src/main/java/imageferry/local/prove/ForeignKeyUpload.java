package imageferry.local.prove;

import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.PartitionMetadata;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;
import software.amazon.awssdk.utils.Md5Utils;

/** Uploads objects that are not encrypted with the bucket's key. */
record ForeignKeyUpload(Installation installation) implements Step {
    private static final int FORBIDDEN = 403;
    private static final int KEY_BYTES = 32;

    @Override
    public String name() {
        return "Uploads under another key";
    }

    @Override
    public String asked() {
        return "The bucket refuses an upload that names no key, another key, AES256 or a key of the uploader, with 403.";
    }

    @Override
    public Outcome run() throws Exception {
        if (installation.settings().emulated()) {
            return new Outcome.OnlyAws("The emulator does not enforce bucket policies.");
        }
        var home = installation.settings().home();
        var bucket = installation.bucket(home);
        var key = installation.region(home).path("importPrefix").asText() + "foreign-key";
        var wrong = new ArrayList<String>();
        for (var kind : kinds(home, installation.account()).entrySet()) {
            var status = status(
                    home,
                    kind.getValue()
                            .apply(PutObjectRequest.builder().bucket(bucket).key(key)));
            if (status != FORBIDDEN) {
                wrong.add(kind.getKey() + ": " + status);
            }
        }
        installation.s3(home).deleteObject(r -> r.bucket(bucket).key(key));
        return wrong.isEmpty()
                ? new Outcome.Passed("Each of them got 403.")
                : new Outcome.Failed("Not refused with 403: " + String.join(", ", wrong) + ".");
    }

    private static Map<String, UnaryOperator<PutObjectRequest.Builder>> kinds(String region, String account) {
        var foreign = "arn:" + PartitionMetadata.of(Region.of(region)).id() + ":kms:" + region + ":" + account
                + ":alias/aws/s3";
        var own = new byte[KEY_BYTES];
        var kinds = new LinkedHashMap<String, UnaryOperator<PutObjectRequest.Builder>>();
        kinds.put("aws:kms without a key", put -> put.serverSideEncryption(ServerSideEncryption.AWS_KMS));
        kinds.put(
                "aws:kms with another key",
                put -> put.serverSideEncryption(ServerSideEncryption.AWS_KMS).ssekmsKeyId(foreign));
        kinds.put("AES256", put -> put.serverSideEncryption(ServerSideEncryption.AES256));
        kinds.put(
                "a key of the uploader",
                put -> put.sseCustomerAlgorithm("AES256")
                        .sseCustomerKey(Base64.getEncoder().encodeToString(own))
                        .sseCustomerKeyMD5(Md5Utils.md5AsBase64(own)));
        return kinds;
    }

    private int status(String region, PutObjectRequest.Builder request) {
        try {
            var sent = installation.s3(region).putObject(request.build(), RequestBody.fromString("prove"));
            return sent.sdkHttpResponse().statusCode();
        } catch (S3Exception refused) {
            return refused.statusCode();
        }
    }
}
