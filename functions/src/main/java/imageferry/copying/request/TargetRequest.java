package imageferry.copying.request;

import imageferry.image.Labels;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One target of a copy request, as the caller wrote it.
 *
 * @param name of the target image; the source's own when absent
 * @param shareWith the accounts to share the target with once it is available
 */
public record TargetRequest(String region, @Nullable String name, Labels labels, List<String> shareWith) {
    public TargetRequest {
        shareWith = List.copyOf(shareWith);
    }
}
