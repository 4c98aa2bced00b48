package imageferry.local.engine;

import imageferry.copying.CopyScene;
import imageferry.local.store.AccessCheck;
import imageferry.local.store.EmbeddedStores;
import imageferry.local.store.StoreSettings;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** The S3 of this JVM keeps the contract. */
@Tag("slow")
class EmbeddedS3ContractTest extends S3Contract {
    @TempDir
    private static Path data;

    private static EmbeddedStores stores;
    private static Buckets buckets;

    @BeforeAll
    static void start() {
        stores = EmbeddedStores.start(new StoreSettings(
                data,
                0,
                "imageferry",
                Buckets.OPERATOR.value(),
                CopyScene.HOME.name(),
                List.of(CopyScene.HOME.name(), CopyScene.FAR.name()),
                AccessCheck.lenient(),
                created -> {}));
        buckets = new Buckets(
                Buckets.OPERATOR,
                StaticCredentialsProvider.create(AwsBasicCredentials.create("anyone", "secret")),
                stores.s3());
    }

    @AfterAll
    static void stop() {
        buckets.close();
        stores.close();
    }

    @Override
    Buckets buckets() {
        return buckets;
    }
}
