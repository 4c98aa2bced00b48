package imageferry.local.engine;

import imageferry.account.AccountId;
import imageferry.local.localstack.LocalStack;
import imageferry.local.localstack.OnLocalStack;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The store and the engine on an S3 that none of us wrote. */
@OnLocalStack
class CopyEngineLocalStackTest extends S3Contract {
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
}
