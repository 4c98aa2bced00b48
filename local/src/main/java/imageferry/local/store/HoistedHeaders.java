package imageferry.local.store;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A presigned request, whose query holds headers: some SDKs sign metadata, tags and storage class into it, and S3 reads
 * them there.
 */
final class HoistedHeaders extends HttpServletRequestWrapper {
    private static final Set<String> OF_THE_SIGNATURE = Set.of(
            "x-amz-algorithm",
            "x-amz-credential",
            "x-amz-date",
            "x-amz-expires",
            "x-amz-signedheaders",
            "x-amz-signature",
            "x-amz-security-token",
            "x-amz-content-sha256");

    private final Map<String, String> hoisted = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    private HoistedHeaders(HttpServletRequest request, Map<String, String> query) {
        super(request);
        query.forEach((name, value) -> {
            var header = name.toLowerCase(Locale.ROOT);
            if (header.startsWith("x-amz-")
                    && !OF_THE_SIGNATURE.contains(header)
                    && request.getHeader(header) == null) {
                hoisted.put(header, value);
            }
        });
    }

    /** Returns the request itself if it is not presigned. */
    static HttpServletRequest of(HttpServletRequest request) {
        var query = S3Call.queryOf(request.getQueryString());
        return query.containsKey("X-Amz-Algorithm") ? new HoistedHeaders(request, query) : request;
    }

    @Override
    public String getHeader(String name) {
        var value = hoisted.get(name);
        return value == null ? super.getHeader(name) : value;
    }

    @Override
    public Enumeration<String> getHeaders(String name) {
        var value = hoisted.get(name);
        return value == null ? super.getHeaders(name) : Collections.enumeration(Set.of(value));
    }

    @Override
    public Enumeration<String> getHeaderNames() {
        var names = new LinkedHashSet<>(Collections.list(super.getHeaderNames()));
        names.addAll(hoisted.keySet());
        return Collections.enumeration(names);
    }
}
