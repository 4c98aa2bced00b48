package imageferry.function.view;

import imageferry.instance.Instance;
import imageferry.instance.SystemDisk;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An instance as its owner sees it; without a system disk once its image is deleted. */
public record InstanceView(
        String instanceId,
        String imageId,
        String region,
        @Nullable DownloadView systemDisk) {
    public static InstanceView of(Instance instance, Optional<SystemDisk> disk) {
        return new InstanceView(
                instance.id().value(),
                instance.image().value(),
                instance.region().name(),
                disk.map(DownloadView::of).orElse(null));
    }
}
