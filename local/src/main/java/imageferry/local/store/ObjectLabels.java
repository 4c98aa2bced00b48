package imageferry.local.store;

import com.adobe.testing.s3mock.s3.dto.StorageClass;
import com.adobe.testing.s3mock.s3.dto.Tag;
import com.adobe.testing.s3mock.s3.model.MultipartUploadInfo;
import com.adobe.testing.s3mock.s3.model.S3ObjectMetadata;
import com.adobe.testing.s3mock.s3.util.HeaderUtil;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/** Properties of an object that a client sets beside its bytes. */
record ObjectLabels(
        @Nullable String contentType,
        Map<String, String> userMetadata,
        Map<String, String> storeHeaders,
        Map<String, String> encryptionHeaders,
        @Nullable List<Tag> tags,
        @Nullable StorageClass storageClass) {
    static ObjectLabels of(HttpHeaders headers, @Nullable StorageClass storageClass) {
        return new ObjectLabels(
                HeaderUtil.INSTANCE
                        .mediaTypeFrom(headers.getFirst(HttpHeaders.CONTENT_TYPE))
                        .toString(),
                UserMetadata.of(headers),
                HeaderUtil.INSTANCE.storeHeadersFrom(headers),
                encryption(headers),
                ObjectTags.of(headers),
                storageClass);
    }

    /** The key under which an object is encrypted, never the uploader's key itself. */
    static Map<String, String> encryption(HttpHeaders headers) {
        var encryption = new HashMap<String, String>();
        HeaderUtil.INSTANCE
                .encryptionHeadersFrom(headers)
                .forEach((name, value) -> encryption.put(name.toLowerCase(Locale.ROOT), value));
        encryption.remove("x-amz-server-side-encryption-customer-key");
        return encryption;
    }

    /**
     * Returns the properties of a copy: the source's metadata and tags, unless the request replaces them. Storage class,
     * encryption and restoration are never the source's.
     */
    static ObjectLabels ofCopy(S3ObjectMetadata source, HttpHeaders headers, @Nullable StorageClass storageClass) {
        var asked = of(headers, storageClass == null ? StorageClass.STANDARD : storageClass);
        var kept = of(source);
        var metadata = isReplaced(headers, "x-amz-metadata-directive");
        var tags = isReplaced(headers, "x-amz-tagging-directive");
        return new ObjectLabels(
                metadata ? asked.contentType : kept.contentType,
                metadata ? asked.userMetadata : kept.userMetadata,
                metadata ? asked.storeHeaders : kept.without(Unreadable.RESTORED),
                asked.encryptionHeaders,
                tags ? asked.tags : kept.tags,
                asked.storageClass);
    }

    private static boolean isReplaced(HttpHeaders headers, String directive) {
        return "REPLACE".equals(headers.getFirst(directive));
    }

    /** Returns the same with one more header of the object. */
    ObjectLabels with(String storeHeader, String value) {
        var more = new HashMap<>(storeHeaders);
        more.put(storeHeader, value);
        return new ObjectLabels(contentType, userMetadata, more, encryptionHeaders, tags, storageClass);
    }

    private Map<String, String> without(String storeHeader) {
        var fewer = new HashMap<>(storeHeaders);
        fewer.remove(storeHeader);
        return fewer;
    }

    static ObjectLabels of(MultipartUploadInfo upload) {
        return new ObjectLabels(
                upload.getContentType(),
                upload.getUserMetadata(),
                upload.getStoreHeaders(),
                upload.getEncryptionHeaders(),
                upload.getTags(),
                upload.getStorageClass());
    }

    static ObjectLabels of(S3ObjectMetadata object) {
        return new ObjectLabels(
                object.getContentType(),
                orEmpty(object.getUserMetadata()),
                orEmpty(object.getStoreHeaders()),
                orEmpty(object.getEncryptionHeaders()),
                object.getTags(),
                object.getStorageClass());
    }

    private static Map<String, String> orEmpty(@Nullable Map<String, String> map) {
        return map == null ? Map.of() : map;
    }
}
