package imageferry.function;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import imageferry.copying.Claim;
import imageferry.copying.request.RequestImport;
import imageferry.function.edge.Api;
import imageferry.function.edge.ApiRequest;
import imageferry.function.edge.ApiResponse;
import imageferry.function.edge.Body;
import imageferry.function.view.Views;
import imageferry.image.ImageName;
import imageferry.image.Labels;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** {@code POST /images}. */
public final class ImportImageFunction implements RequestHandler<ApiRequest, ApiResponse> {
    private final Api api;
    private final RequestImport requestImport;
    private final Views views;

    public ImportImageFunction() {
        this(App.current().forApi());
    }

    ImportImageFunction(ApiWiring wiring) {
        this.api = wiring.api();
        this.requestImport = wiring.requestImport();
        this.views = wiring.views();
    }

    /** The body, as {@code ImportImageRequest} of the contract. */
    record Import(
            String region,
            String name,
            String importKey,
            @Nullable String format,
            @Nullable String expectedChecksum,
            @Nullable String description,
            @Nullable String family,
            @Nullable TreeMap<String, String> tags,
            @Nullable Boolean keepUpload,
            @Nullable String clientToken) {
        RequestImport.Request asked() {
            return new RequestImport.Request(
                    region,
                    new ImageName(name),
                    importKey,
                    Claim.of(format, expectedChecksum),
                    new Labels(description, family, tags == null ? Map.of() : tags),
                    Boolean.TRUE.equals(keepUpload),
                    Repeatable.token(clientToken, this));
        }
    }

    @Override
    public ApiResponse handleRequest(ApiRequest request, Context context) {
        return api.answer(
                request,
                caller -> Body.read(request, Import.class)
                        .then(body -> requestImport.request(caller, body.asked()))
                        .then(views::imported)
                        .map(ApiResponse::accepted));
    }
}
