package imageferry.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** An installation with a name of its own works as the default one does, on a table and in buckets of that name. */
@Timeout(120)
@Tag("slow")
class OtherInstallationTest {
    @TempDir
    Path folder;

    @Test
    void its_copies_use_only_its_own_table_and_buckets() throws Exception {
        var away = RunningCloud.REGIONS.get(1);
        try (var cloud = new RunningCloud(folder.resolve("data"), Map.of("Installation", "golden-dev"))) {
            var image = cloud.imported(BootDisk.make(folder.resolve("disk.img"), 16), "golden");
            var copy = RunningCloud.only(cloud.copy(image, away, "copy"));

            assertThat(cloud.watch.untilEnded(copy.path("copyId").asText())).isEqualTo("Available");
            assertThat(cloud.buckets.keys(away, "golden-dev-111111111111-" + away, "snapshots/"))
                    .hasSize(1);
            assertThat(cloud.api.get("/regions").orExplain().findValuesAsText("bucket"))
                    .hasSize(3)
                    .allMatch(bucket -> bucket.startsWith("golden-dev-111111111111-"));
            try (var table = DynamoDbClient.builder()
                    .endpointOverride(cloud.dynamoDb())
                    .region(Region.of(RunningCloud.REGIONS.getFirst()))
                    .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "any")))
                    .httpClientBuilder(UrlConnectionHttpClient.builder())
                    .build()) {
                assertThat(table.listTables().tableNames()).containsExactly("golden-dev");
            }
        }
    }
}
