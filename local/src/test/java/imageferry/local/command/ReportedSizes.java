package imageferry.local.command;

import imageferry.snapshot.Blob;
import imageferry.snapshot.BlobFacts;
import imageferry.snapshot.SnapshotStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** A store that reports larger sizes for some objects than any disk that a test could make. */
final class ReportedSizes {
    private final Map<Blob, Long> sizes = new ConcurrentHashMap<>();

    void report(Blob blob, long sizeBytes) {
        sizes.put(blob, sizeBytes);
    }

    SnapshotStore over(SnapshotStore store) {
        return (SnapshotStore) Proxy.newProxyInstance(
                SnapshotStore.class.getClassLoader(),
                new Class<?>[] {SnapshotStore.class},
                (self, method, arguments) -> method.getName().equals("look") && arguments != null
                        ? look(store, (Blob) arguments[0])
                        : pass(store, method, arguments));
    }

    private Optional<BlobFacts> look(SnapshotStore store, Blob blob) {
        return store.look(blob)
                .map(facts ->
                        new BlobFacts(sizes.getOrDefault(blob, facts.sizeBytes()), facts.eTag(), facts.metadata()));
    }

    private static Object pass(SnapshotStore store, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(store, arguments);
        } catch (InvocationTargetException failed) {
            throw failed.getCause();
        }
    }
}
