package imageferry.local.engine;

import static org.assertj.core.api.Assertions.assertThat;

import imageferry.account.AccountId;
import imageferry.copying.CopyScene;
import imageferry.local.localstack.LocalStack;
import imageferry.local.localstack.OnLocalStack;
import imageferry.snapshot.Blob;
import imageferry.snapshot.Bytes;
import imageferry.snapshot.PartCopy;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The store and the engine on an S3 of another project. */
@OnLocalStack
@Tag("full")
class CopyEngineLocalStackTest extends S3Contract {
    /** One more than S3 lists at once. */
    private static final int PARTS = 1_001;

    private static final AccountId OWNER = new AccountId("333333333333");

    private static Buckets buckets;

    @BeforeAll
    static void makeBuckets(LocalStack cloud) {
        buckets = new Buckets(OWNER, LocalStack.credentials(OWNER), cloud.endpoint());
        buckets.create();
    }

    @AfterAll
    static void close() {
        buckets.close();
    }

    @Override
    Buckets buckets() {
        return buckets;
    }

    /**
     * LocalStack answers 501, and accepts the condition for directory buckets alone. S3 accepts it for all since
     * September 2025.
     */
    @Override
    protected boolean deletesOnCondition() {
        return false;
    }

    /** Only here, because S3Mock takes several times as long for this number. */
    @Test
    void parts_are_listed_beyond_the_first_page() {
        var source = new Blob(CopyScene.HOME, "snapshots/of-one-byte");
        var target = new Blob(CopyScene.FAR, "snapshots/of-many-parts");
        put(source, Bytes.random(22, 1));
        var eTag = store().look(source).orElseThrow().eTag();
        var upload = store().open(target, Map.of());

        var copied = IntStream.rangeClosed(1, PARTS)
                .mapToObj(number -> store().copyPart(new PartCopy(source, eTag, target, upload, number, 1, null)))
                .toList();

        assertThat(store().uploadedParts(target, upload, 1, PARTS)).isEqualTo(copied);
        store().abort(target, upload);
        assertThat(store().uploads(CopyScene.FAR, target.key())).isEmpty();
    }
}
