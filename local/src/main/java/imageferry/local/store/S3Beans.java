package imageferry.local.store;

import com.adobe.testing.s3mock.s3.controller.MultipartController;
import com.adobe.testing.s3mock.s3.controller.ObjectAttributesController;
import com.adobe.testing.s3mock.s3.controller.ObjectController;
import com.adobe.testing.s3mock.s3.controller.ObjectTaggingController;
import com.adobe.testing.s3mock.s3.dto.Tag;
import com.adobe.testing.s3mock.s3.service.BucketService;
import com.adobe.testing.s3mock.s3.service.MultipartService;
import com.adobe.testing.s3mock.s3.service.ObjectService;
import com.adobe.testing.s3mock.s3.store.BucketStore;
import com.adobe.testing.s3mock.s3.store.MultipartStore;
import com.adobe.testing.s3mock.s3.store.ObjectStore;
import imageferry.local.data.DataDisk;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.core.StandardHost;
import org.apache.tomcat.util.buf.EncodedSolidusHandling;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.servlet.ServletWebServerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.convert.converter.Converter;
import tools.jackson.databind.json.JsonMapper;

/** The beans of S3Mock that ours replace, by their names, and those that they need. */
@Configuration(proxyBeanMethods = false)
class S3Beans {
    @Bean
    @Primary
    JsonMapper atomicJsonMapper(JsonMapper.Builder builder) {
        return new AtomicJsonMapper(builder);
    }

    @Bean
    StoredObjects storedObjects(
            StoreSettings settings, BucketStore buckets, ObjectStore objects, JsonMapper atomicJsonMapper) {
        return new StoredObjects(settings, buckets, objects, atomicJsonMapper);
    }

    @Bean
    OpenUploads openUploads(
            BucketStore buckets,
            ObjectStore objects,
            MultipartStore uploads,
            StoredObjects published,
            JsonMapper atomicJsonMapper) {
        return new OpenUploads(buckets, objects, uploads, published, atomicJsonMapper);
    }

    @Bean
    MultipartController multipartController(
            BucketService buckets,
            ObjectService objects,
            MultipartService numbers,
            Incoming incoming,
            StoredObjects stored,
            OpenUploads uploads,
            DataDisk disk) {
        return new LocalMultipartController(buckets, objects, numbers, incoming, stored, uploads, disk);
    }

    @Bean
    ObjectController fileStoreController(
            BucketService buckets,
            ObjectService objects,
            Incoming incoming,
            StoredObjects stored,
            OpenUploads uploads,
            DataDisk disk) {
        return new LocalObjectController(buckets, objects, incoming, stored, uploads, disk);
    }

    @Bean
    ObjectAttributesController objectAttributesController(BucketService buckets, ObjectService objects) {
        return new LocalAttributesController(buckets, objects);
    }

    /** A copy's own parts are among them, and each has a buffer. */
    @Bean
    ObjectTaggingController objectTaggingController(
            BucketService buckets, ObjectService objects, StoredObjects stored) {
        return new LocalTaggingController(buckets, objects, stored);
    }

    @Bean
    RestoreController restoreController(BucketService buckets, ObjectService objects, StoredObjects stored) {
        return new RestoreController(buckets, objects, stored, InstantSource.system());
    }

    @Bean
    Converter<String, List<Tag>> taggingHeaderConverter() {
        return new FormTags();
    }

    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    TakenTurns takenTurns() {
        return new TakenTurns(200, Duration.ofSeconds(20));
    }

    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE + 1)
    S3RequestFilter s3RequestFilter(StoreSettings settings, BucketStore buckets, ObjectService objects, DataDisk disk) {
        return new S3RequestFilter(settings, buckets, objects, disk, InstantSource.system());
    }

    @Bean
    FailedWrites failedWrites(DataDisk disk) {
        return new FailedWrites(disk);
    }

    /** S3Mock opens a second port, on every interface; this one opens the requested one only. */
    @Bean
    ServletWebServerFactory webServerFactory(EmbeddedS3.TomcatFolder folder) {
        var factory = new TomcatServletWebServerFactory();
        factory.setBaseDirectory(folder.base().toFile());
        factory.getSettings().setDocumentRoot(folder.root().toFile());
        factory.setProtocol(BoundedHeadersProtocol.class.getName());
        factory.addConnectorCustomizers(S3Beans::takeEveryKey);
        factory.addContextCustomizers(context ->
                ((StandardHost) context.getParent()).setErrorReportValveClass(UnreadableRequests.class.getName()));
        return factory;
    }

    private static void takeEveryKey(Connector connector) {
        connector.setEncodedSolidusHandling(EncodedSolidusHandling.DECODE.getValue());
        connector.setAllowBackslash(true);
    }
}
