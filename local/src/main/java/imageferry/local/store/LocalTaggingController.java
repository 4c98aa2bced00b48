package imageferry.local.store;

import com.adobe.testing.s3mock.s3.controller.ObjectTaggingController;
import com.adobe.testing.s3mock.s3.dto.ObjectKey;
import com.adobe.testing.s3mock.s3.dto.Tag;
import com.adobe.testing.s3mock.s3.dto.Tagging;
import com.adobe.testing.s3mock.s3.service.BucketService;
import com.adobe.testing.s3mock.s3.service.ObjectService;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;
import org.springframework.web.util.HtmlUtils;

/** S3Mock's tags of an object, with S3's limits, and safe with concurrent writers of one record. */
final class LocalTaggingController extends ObjectTaggingController {
    private final ObjectService objects;
    private final StoredObjects stored;

    LocalTaggingController(BucketService buckets, ObjectService objects, StoredObjects stored) {
        super(buckets, objects);
        this.objects = objects;
        this.stored = stored;
    }

    /** Written by hand, as S3Mock omits empty values. */
    @Override
    public ResponseEntity<Tagging> getObjectTagging(String bucketName, ObjectKey key, @Nullable String versionId) {
        var object = objects.verifyObjectExists(bucketName, key.getKey(), versionId);
        var xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                + "<Tagging xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><TagSet>");
        var tags = object.getTags() == null ? List.<Tag>of() : object.getTags();
        for (var tag : tags) {
            xml.append("<Tag><Key>")
                    .append(HtmlUtils.htmlEscape(tag.getKey(), "UTF-8"))
                    .append("</Key><Value>")
                    .append(HtmlUtils.htmlEscape(tag.getValue(), "UTF-8"))
                    .append("</Value></Tag>");
        }
        answer(xml.append("</TagSet></Tagging>").toString());
        return ResponseEntity.ok().build();
    }

    private static void answer(String xml) {
        var request = (ServletRequestAttributes) RequestContextHolder.currentRequestAttributes();
        var response = Objects.requireNonNull(request.getResponse());
        response.setContentType("application/xml");
        try {
            response.getOutputStream().write(xml.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public ResponseEntity<Void> putObjectTagging(
            String bucketName, ObjectKey key, @Nullable String versionId, Tagging body) {
        ObjectTags.verified(body.getTagSet().getTags());
        stored.changing.lock();
        try {
            return super.putObjectTagging(bucketName, key, versionId, body);
        } finally {
            stored.changing.unlock();
        }
    }

    @Override
    public ResponseEntity<Void> deleteObjectTagging(String bucketName, ObjectKey key, @Nullable String versionId) {
        stored.changing.lock();
        try {
            return super.deleteObjectTagging(bucketName, key, versionId);
        } finally {
            stored.changing.unlock();
        }
    }
}
