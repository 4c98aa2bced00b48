package imageferry.function;

import com.fasterxml.jackson.annotation.JsonProperty;
import imageferry.image.ImageName;
import imageferry.image.ImageStatus;
import imageferry.modification.Modification;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The body of {@code PATCH /images/{imageId}}, as the contract names it. */
record ModifyImageRequest(
        @Nullable String name,
        @Nullable String description,
        @Nullable String family,
        @Nullable Map<String, String> tags,
        @Nullable String status,
        @JsonProperty("protected") @Nullable Boolean guarded,
        @JsonProperty("public") @Nullable Boolean published,
        @Nullable String productCode) {
    Modification asked() {
        return new Modification(
                name == null ? null : new ImageName(name),
                description,
                family,
                tags,
                status == null ? null : ImageStatus.of(status),
                guarded,
                published,
                productCode);
    }
}
