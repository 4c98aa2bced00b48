package imageferry.local.store;

import java.nio.file.Path;
import java.util.List;

/** Stores in a process of their own, to be killed. It prints its two endpoints, and serves until then. */
final class KilledStoresMain {
    private KilledStoresMain() {}

    public static void main(String[] args) throws InterruptedException {
        var stores = EmbeddedStores.start(new StoreSettings(
                Path.of(args[0]),
                0,
                "imageferry",
                "111111111111",
                TestStores.HOME,
                List.of(TestStores.HOME, TestStores.AWAY),
                AccessCheck.lenient(),
                created -> {}));
        System.out.println(stores.dynamoDb() + " " + stores.s3());
        Thread.currentThread().join();
    }
}
