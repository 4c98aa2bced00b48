package imageferry.local.command;

import imageferry.local.store.AccessCheck;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;

/**
 * An S3 that fails as the test chooses. Copies and deletions of parts in one region wait until {@link #open}; some
 * snapshots cannot be read, and some cannot be deleted. So an image stays Creating, ends as CreateFailed or stays
 * Deleting, by requests alone.
 */
final class FailingS3 implements AccessCheck {
    private final String slowBucket;
    private final AtomicReference<CountDownLatch> opening = new AtomicReference<>(new CountDownLatch(0));
    private final Set<String> unreadable = ConcurrentHashMap.newKeySet();
    private final Set<String> undeletable = ConcurrentHashMap.newKeySet();

    /** @param slowRegion where no part arrives between {@link #shut} and {@link #open} */
    FailingS3(String slowRegion) {
        this.slowBucket = "arn:aws:s3:::" + RunningCloud.bucket(slowRegion) + "/snapshots/";
    }

    /** From now on no part of the copy's snapshot can be copied. */
    void makeUnreadable(String copyId) {
        unreadable.add(snapshot(copyId));
    }

    /** From now on the copy's snapshot cannot be deleted. */
    void makeUndeletable(String copyId) {
        undeletable.add(snapshot(copyId));
    }

    /** Stops all parts from now on. */
    void shut() {
        opening.set(new CountDownLatch(1));
    }

    /** Lets all stopped parts continue. */
    void open() {
        opening.get().countDown();
    }

    /** A snapshot has the name of the copy that made it. */
    private static String snapshot(String copyId) {
        return "/snapshots/s-" + copyId.substring(2);
    }

    @Override
    public Optional<String> refusal(String accessKeyId, String action, String resourceArn, Set<String> leadingKeys) {
        var copiesParts = accessKeyId.contains("CopySnapshotParts");
        var isSlow = (copiesParts && action.equals("s3:PutObject")) || action.equals("s3:AbortMultipartUpload");
        if (isSlow && resourceArn.startsWith(slowBucket)) {
            await();
        }
        var broken = copiesParts && action.equals("s3:GetObject")
                ? unreadable
                : action.equals("s3:DeleteObject") ? undeletable : Set.<String>of();
        return broken.stream()
                .filter(resourceArn::endsWith)
                .findFirst()
                .map(key -> action + " on " + key + " is out of order");
    }

    private void await() {
        try {
            opening.get().await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
