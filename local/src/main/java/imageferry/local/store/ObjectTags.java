package imageferry.local.store;

import com.adobe.testing.s3mock.s3.S3Exception;
import com.adobe.testing.s3mock.s3.dto.Tag;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/** Tags in S3's form: in the header as a URL's query, and within the limits of its user guide. */
final class ObjectTags {
    private static final String HEADER = "x-amz-tagging";
    private static final int MOST = 10;
    private static final Pattern KEY = Pattern.compile("[\\p{L}\\p{N}\\p{Z}+\\-=._:/@]{1,128}");
    private static final Pattern VALUE = Pattern.compile("[\\p{L}\\p{N}\\p{Z}+\\-=._:/@]{0,256}");

    private ObjectTags() {}

    /** Returns the header's tags; null without one. */
    static @Nullable List<Tag> of(HttpHeaders headers) {
        var header = headers.getFirst(HEADER);
        if (header == null || header.isBlank()) {
            return null;
        }
        var tags = Stream.of(header.split("&", -1))
                .filter(pair -> !pair.isEmpty())
                .map(ObjectTags::tag)
                .toList();
        if (tags.stream().map(Tag::getKey).distinct().count() < tags.size()) {
            throw malformed();
        }
        return verified(tags);
    }

    /** @throws S3Exception when S3 would refuse them */
    static List<Tag> verified(List<Tag> tags) {
        if (tags.size() > MOST) {
            throw new S3Exception(400, "BadRequest", "Object tags cannot be greater than " + MOST);
        }
        for (var tag : tags) {
            if (!KEY.matcher(tag.getKey()).matches()) {
                throw invalid("The TagKey you have provided is invalid");
            }
            if (!VALUE.matcher(tag.getValue()).matches()) {
                throw invalid("The TagValue you have provided is invalid");
            }
            if (tag.getKey().startsWith("aws:")) {
                throw invalid("System tags cannot be added/updated by requester");
            }
        }
        if (tags.stream().map(Tag::getKey).distinct().count() < tags.size()) {
            throw invalid("Cannot provide multiple Tags with the same key");
        }
        return tags;
    }

    private static Tag tag(String pair) {
        var equals = pair.indexOf('=');
        return equals < 0
                ? new Tag(decoded(pair), "")
                : new Tag(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException badPercent) {
            throw malformed();
        }
    }

    private static S3Exception malformed() {
        return S3Refusal.invalidArgument("The header '" + HEADER
                + "' shall be encoded as UTF-8 then URLEncoded URL query" + " parameters without tag name duplicates.");
    }

    private static S3Exception invalid(String message) {
        return new S3Exception(400, "InvalidTag", message);
    }
}
