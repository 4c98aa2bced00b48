package imageferry.local.store;

import com.adobe.testing.s3mock.S3MockApplication;
import com.adobe.testing.s3mock.s3.dto.ObjectOwnership;
import com.adobe.testing.s3mock.s3.store.BucketStore;
import imageferry.local.data.DataDisk;
import imageferry.local.http.Causes;
import imageferry.local.http.HttpPort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.boot.Banner;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

/** S3Mock with our controllers and filters, on 127.0.0.1, with one bucket per region. */
final class EmbeddedS3 implements AutoCloseable {
    private final ConfigurableApplicationContext server;
    private final URI endpoint;
    private final Map<String, Long> withoutOwner;

    private EmbeddedS3(ConfigurableApplicationContext server, URI endpoint, Map<String, Long> withoutOwner) {
        this.server = server;
        this.endpoint = endpoint;
        this.withoutOwner = withoutOwner;
    }

    /**
     * Starts S3Mock.
     *
     * @param data the folder of the buckets, of incoming bytes and of the server's own files
     * @throws PortInUse when another program listens on the port
     */
    static EmbeddedS3 start(DataFolder data, StoreSettings settings, DataDisk disk) {
        ConfigurableApplicationContext server;
        var folder = data.folder("s3");
        var tomcat = new TomcatFolder(data.folder("tomcat"), data.folder("tomcat/root"));
        try {
            var arrivals = new Incoming(data.folder(DataFolder.INCOMING), disk);
            MovedFolder.repair(folder);
            server = new SpringApplicationBuilder(S3MockApplication.class, S3Beans.class)
                    .environment(onlyWith(properties(folder, settings)))
                    .initializers(context -> {
                        context.getBeanFactory().registerSingleton("storeSettings", settings);
                        context.getBeanFactory().registerSingleton("incoming", arrivals);
                        context.getBeanFactory().registerSingleton("dataDisk", disk);
                        context.getBeanFactory().registerSingleton("tomcatFolder", tomcat);
                    })
                    .bannerMode(Banner.Mode.OFF)
                    .logStartupInfo(false)
                    .registerShutdownHook(false)
                    .run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (RuntimeException e) {
            throw Causes.find(e, PortInUseException.class).isPresent() ? new PortInUse(settings.s3Port()) : e;
        }
        openBuckets(server, settings);
        var port = server.getEnvironment().getRequiredProperty("local.server.port");
        var endpoint = URI.create("http://127.0.0.1:" + port);
        return new EmbeddedS3(server, endpoint, withoutOwner(server, settings));
    }

    /**
     * Keeps Tomcat's files out of the system's temporary folder, where a kill would leave them.
     *
     * @param root an empty folder
     */
    record TomcatFolder(Path base, Path root) {}

    private static Map<String, Object> properties(Path folder, StoreSettings settings) {
        return Map.ofEntries(
                // S3Mock's own file, and none of the current folder.
                Map.entry("spring.config.location", "classpath:/"),
                Map.entry("server.address", "127.0.0.1"),
                Map.entry("server.port", settings.s3Port()),
                Map.entry("server.ssl.enabled", "false"),
                Map.entry("http.port", "0"),
                Map.entry("server.tomcat.accept-count", HttpPort.BACKLOG),
                // A client that is still sending reads a refusal only after this much of its body was read.
                Map.entry("server.tomcat.max-swallow-size", "64MB"),
                // The time after which a client that neither sends nor reads is disconnected.
                Map.entry("server.tomcat.connection-timeout", settings.idle().toMillis() + "ms"),
                // Its pages would replace S3's messages.
                Map.entry(
                        "spring.autoconfigure.exclude",
                        "org.springframework.boot.webmvc.autoconfigure.error.ErrorMvcAutoConfiguration"),
                Map.entry("spring.threads.virtual.enabled", "true"),
                Map.entry("com.adobe.testing.s3mock.store.root", folder.toString()),
                Map.entry("com.adobe.testing.s3mock.store.retainFilesOnExit", "true"),
                // S3 checks sizes itself.
                Map.entry("com.adobe.testing.s3mock.max-payload-size", "-1"),
                // Spring speaks through Log4j, which DynamoDB Local brings; see QuietLogs for the rest.
                Map.entry("logging.level.root", "off"),
                Map.entry("spring.main.allow-bean-definition-overriding", "true"),
                // A slow reader of a large disk must not be disconnected.
                Map.entry("spring.mvc.async.request-timeout", "-1"));
    }

    /**
     * An environment that nothing on this machine changes. Spring would read variables, and properties files of the current
     * folder, which may belong to another program: one sets S3Mock's folder, another makes S3Mock delete all files in it.
     */
    private static ConfigurableEnvironment onlyWith(Map<String, Object> properties) {
        var environment = new StandardEnvironment();
        var sources = environment.getPropertySources();
        sources.remove(StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME);
        sources.remove(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME);
        sources.addFirst(new MapPropertySource("imageferry", properties));
        return environment;
    }

    /**
     * The regions whose buckets have snapshots and no owner, as an earlier release left them.
     *
     * @return the number of snapshots of each
     */
    private static Map<String, Long> withoutOwner(ConfigurableApplicationContext server, StoreSettings settings) {
        var buckets = server.getBean(BucketStore.class);
        var found = new TreeMap<String, Long>();
        for (var region : settings.regions()) {
            var keys = buckets.getBucketMetadata(settings.bucket(region))
                    .getObjects()
                    .keySet();
            var snapshots =
                    keys.stream().filter(key -> key.startsWith("snapshots/")).count();
            if (snapshots > 0 && !keys.contains("ledger")) {
                found.put(region, snapshots);
            }
        }
        return found;
    }

    private static void openBuckets(ConfigurableApplicationContext server, StoreSettings settings) {
        var buckets = server.getBean(BucketStore.class);
        var uploads = server.getBean(OpenUploads.class);
        for (var region : settings.regions()) {
            var bucket = settings.bucket(region);
            if (!buckets.doesBucketExist(bucket)) {
                buckets.createBucket(bucket, false, ObjectOwnership.BUCKET_OWNER_ENFORCED, region, null, null);
            }
            try {
                uploads.repair(buckets.getBucketMetadata(bucket));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    Map<String, Long> withoutOwner() {
        return withoutOwner;
    }

    URI endpoint() {
        return endpoint;
    }

    @Override
    public void close() {
        server.close();
    }
}
