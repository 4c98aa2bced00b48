package imageferry.local.store;

import com.adobe.testing.s3mock.s3.S3Exception;
import com.adobe.testing.s3mock.s3.dto.CopySource;
import com.adobe.testing.s3mock.s3.service.ObjectService;
import com.adobe.testing.s3mock.s3.store.BucketStore;
import imageferry.local.data.DataDisk;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.web.filter.OncePerRequestFilter;

/** Checks that S3 makes before it opens an object, and S3Mock does not: the signature's region and age, and permission. */
final class S3RequestFilter extends OncePerRequestFilter {
    /** In bytes. The longest message is that of an upload with 10,000 parts, each with its checksums. */
    private static final long LONGEST_MESSAGE = 2 << 20;

    private static final Pattern UPLOAD_ID = Pattern.compile("\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");

    /** Parameters of requests for an object that read neither its bytes nor its head. */
    private static final Set<String> ABOUT = Set.of("tagging", "acl", "legal-hold", "retention", "uploadId");

    private final StoreSettings settings;
    private final BucketStore buckets;
    private final ObjectService objects;
    private final DataDisk disk;
    private final InstantSource clock;

    S3RequestFilter(
            StoreSettings settings, BucketStore buckets, ObjectService objects, DataDisk disk, InstantSource clock) {
        this.settings = settings;
        this.buckets = buckets;
        this.objects = objects;
        this.disk = disk;
        this.clock = clock;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        HttpServletRequest whole;
        S3Call call;
        try {
            whole = HoistedHeaders.of(request);
            call = S3Call.of(whole);
        } catch (S3Exception malformed) {
            S3Refusal.of(malformed).answer(request, response);
            return;
        }
        var refusal = call.method().equals("OPTIONS") ? Optional.<S3Refusal>empty() : refusal(call);
        var location = location(call);
        if (refusal.isPresent()) {
            refusal.get().answer(request, response);
        } else if (location.isPresent()) {
            response.setContentType("application/xml");
            response.getOutputStream().write(location.get().getBytes(StandardCharsets.UTF_8));
        } else {
            chain.doFilter(new SteadyBody(whole, longestBody(call)), response);
        }
    }

    /** S3Mock calls us-east-1 "null", and knows no region that is younger than itself. */
    private Optional<String> location(S3Call call) {
        return call.method().equals("GET") && call.key().isEmpty() && call.has("location")
                ? regionOf(call.bucket())
                        .map(region -> "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                                + "<LocationConstraint xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">"
                                + (region.equals("us-east-1") ? "" : region) + "</LocationConstraint>")
                : Optional.empty();
    }

    /** Only an object's or a part's bytes go to the disk as they come; a form brings an object too. */
    private static long longestBody(S3Call call) {
        var bytes = call.key().isEmpty()
                ? call.method().equals("POST") && !call.has("delete")
                : call.method().equals("PUT")
                        && call.copySource() == null
                        && S3Permissions.OF_OBJECT.keySet().stream().noneMatch(call::has);
        return bytes ? Long.MAX_VALUE : LONGEST_MESSAGE;
    }

    private Optional<S3Refusal> refusal(S3Call call) {
        return PresignedAge.refusal(call.query(), clock.instant())
                .or(() -> wrongRegion(call))
                .or(() -> forbidden(call))
                .or(() -> hidden(call))
                .or(() -> unreadable(call))
                .or(() -> unknownUpload(call))
                .or(() -> unwritable(call));
    }

    /** A deletion is tried on a full disk, too, as it frees space. */
    private Optional<S3Refusal> unwritable(S3Call call) {
        var writes = call.method().equals("PUT") || (call.method().equals("POST") && !call.has("delete"));
        return writes ? disk.refusal().map(S3Refusal::insufficientStorage).map(S3Refusal::of) : Optional.empty();
    }

    /** Every region returns a bucket's location; no other request is served with a signature for another region. */
    private Optional<S3Refusal> wrongRegion(S3Call call) {
        var signed = call.signature().region();
        // An asymmetric signature is for any region.
        if (signed.isEmpty() || signed.equals("*") || call.bucket().isEmpty() || call.has("location")) {
            return Optional.empty();
        }
        return regionOf(call.bucket()).filter(region -> !region.equals(signed)).map(region -> {
            var presigned = call.has("X-Amz-Credential");
            return new S3Refusal(
                    400,
                    presigned ? "AuthorizationQueryParametersError" : "AuthorizationHeaderMalformed",
                    (presigned
                                    ? "Error parsing the X-Amz-Credential parameter; the region '"
                                    : "The authorization header is malformed; the region '")
                            + signed + "' is wrong; expecting '" + region + "'",
                    Map.of("Region", region),
                    Map.of("x-amz-bucket-region", region));
        });
    }

    private Optional<S3Refusal> forbidden(S3Call call) {
        return Stream.concat(S3Permissions.of(call).stream(), new KeyPermissions(settings).of(call).stream())
                .flatMap(permission -> checked(call, permission).stream())
                .findFirst();
    }

    /** Only a caller that may list a bucket learns that an object does not exist, also from a delete that compares the ETag. */
    private Optional<S3Refusal> hidden(S3Call call) {
        var reads = !call.key().isEmpty()
                && !call.has("uploadId")
                && (call.method().equals("GET")
                        || call.method().equals("HEAD")
                        || (call.method().equals("DELETE") && call.comparing()));
        var read = Optional.ofNullable(reads ? new CopySource(call.bucket(), call.key(), null) : call.copySource());
        // A signer of requests reads more than one object and is always checked; a link is for its object only.
        return read.filter(object -> !call.has("X-Amz-Credential") || isAbsent(object))
                .flatMap(object -> checked(call, S3Permissions.toLearnOfAbsence(object.getBucket()))
                        .filter(refusal -> isAbsent(object)));
    }

    private Optional<S3Refusal> unreadable(S3Call call) {
        var asks = !call.key().isEmpty()
                && ABOUT.stream().noneMatch(call::has)
                && (call.method().equals("GET") || call.method().equals("HEAD"));
        var reads = call.copySource() != null || (call.method().equals("GET") && !call.has("attributes"));
        return Optional.ofNullable(call.copySource())
                .or(() -> asks ? Optional.of(new CopySource(call.bucket(), call.key(), null)) : Optional.empty())
                .filter(source -> buckets.doesBucketExist(source.getBucket()))
                .map(source -> objects.getObject(source.getBucket(), source.getKey(), null))
                .flatMap(object -> Unreadable.refusal(call, object, reads));
    }

    private Optional<S3Refusal> checked(S3Call call, RequiredPermission permission) {
        return settings.accessCheck()
                .refusal(
                        call.signature().accessKeyId(),
                        permission.action(),
                        permission.resourceArn(),
                        permission.leadingKeys())
                .map(S3Refusal::accessDenied);
    }

    private boolean isAbsent(CopySource object) {
        return buckets.doesBucketExist(object.getBucket())
                && objects.getObject(object.getBucket(), object.getKey(), null) == null;
    }

    /** S3Mock reads upload ids as UUIDs and calls anything else a bad request. */
    private static Optional<S3Refusal> unknownUpload(S3Call call) {
        return call.has("uploadId")
                        && !UPLOAD_ID
                                .matcher(call.query().getOrDefault("uploadId", ""))
                                .matches()
                ? Optional.of(S3Refusal.noSuchUpload())
                : Optional.empty();
    }

    private Optional<String> regionOf(String bucket) {
        return settings.regionOf(bucket)
                .or(() -> buckets.doesBucketExist(bucket)
                        ? Optional.of(buckets.getBucketMetadata(bucket).getBucketRegion())
                        : Optional.empty());
    }
}
