package imageferry.function.view;

import imageferry.instance.Instance;
import imageferry.instance.SystemDisk;
import org.jspecify.annotations.Nullable;

/** An instance as its owner sees it; without a system disk once its image is deleted. */
public record InstanceView(
        String instanceId,
        String imageId,
        String region,
        @Nullable DownloadView systemDisk) {
    public static InstanceView of(Instance instance, @Nullable SystemDisk disk) {
        return new InstanceView(
                instance.id().value(),
                instance.image().value(),
                instance.region().name(),
                disk == null ? null : DownloadView.of(disk));
    }
}
