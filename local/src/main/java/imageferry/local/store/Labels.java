package imageferry.local.store;

import com.adobe.testing.s3mock.s3.dto.StorageClass;
import com.adobe.testing.s3mock.s3.dto.Tag;
import com.adobe.testing.s3mock.s3.model.MultipartUploadInfo;
import com.adobe.testing.s3mock.s3.model.S3ObjectMetadata;
import com.adobe.testing.s3mock.s3.util.HeaderUtil;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/** What a client says of an object beside its bytes. */
record Labels(
        @Nullable String contentType,
        Map<String, String> userMetadata,
        Map<String, String> storeHeaders,
        Map<String, String> encryptionHeaders,
        @Nullable List<Tag> tags,
        @Nullable StorageClass storageClass) {

    static Labels of(HttpHeaders headers, @Nullable List<Tag> tags, @Nullable StorageClass storageClass) {
        return new Labels(
                HeaderUtil.INSTANCE
                        .mediaTypeFrom(headers.getFirst(HttpHeaders.CONTENT_TYPE))
                        .toString(),
                HeaderUtil.INSTANCE.userMetadataFrom(headers),
                HeaderUtil.INSTANCE.storeHeadersFrom(headers),
                HeaderUtil.INSTANCE.encryptionHeadersFrom(headers),
                tags,
                storageClass);
    }

    static Labels of(MultipartUploadInfo upload) {
        return new Labels(
                upload.getContentType(),
                upload.getUserMetadata(),
                upload.getStoreHeaders(),
                upload.getEncryptionHeaders(),
                upload.getTags(),
                upload.getStorageClass());
    }

    static Labels of(S3ObjectMetadata object) {
        return new Labels(
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
