package imageferry.function;

import imageferry.copying.request.RequestCopies;
import imageferry.copying.request.TargetRequest;
import imageferry.image.Labels;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The body of {@code POST /images/{imageId}/copies}, as the contract names it. */
record CopyImageRequest(
        List<Target> targets,
        @Nullable String ticketReason,
        @Nullable String clientToken) {
    RequestCopies.Request asked(String imageId) {
        var asked = targets.stream().map(Target::asked).toList();
        return new RequestCopies.Request(imageId, asked, ticketReason, Repeatable.token(clientToken, imageId, this));
    }

    record Target(
            String region,
            @Nullable String name,
            @Nullable String description,
            @Nullable TreeMap<String, String> tags,
            @Nullable List<String> shareWith) {
        TargetRequest asked() {
            var labels = Labels.withoutFamily(description, tags == null ? Map.of() : tags);
            return new TargetRequest(region, name, labels, shareWith == null ? List.of() : shareWith);
        }
    }
}
