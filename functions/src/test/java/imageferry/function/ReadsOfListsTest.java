package imageferry.function;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import imageferry.account.AccountId;
import imageferry.id.CopyId;
import imageferry.id.Ids;
import imageferry.id.ImageId;
import imageferry.id.SnapshotId;
import imageferry.image.Image;
import imageferry.image.ImageName;
import imageferry.image.ImageStatus;
import imageferry.image.Images;
import imageferry.image.Labels;
import imageferry.image.SampleImages;
import imageferry.ledger.Item;
import imageferry.ledger.Key;
import imageferry.region.Region;
import imageferry.secret.Secrets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A page of images takes at most three reads of the table, and is full while there are more images. The number of
 * images, regions and matches has no effect. Only tags are examined image by image, at 1 MB a read.
 */
@Tag("slow")
class ReadsOfListsTest {
    private static final String ANN = "222222222222";
    private static final String BOB = "333333333333";
    private static final String CAROL = "444444444444";

    private final Ids ids = new Ids(new Random(1));

    /**
     * Images of Ann, which appear in all of each account's lists: Ann's own, those that Bob shares, and public ones.
     */
    private final class Place {
        private final List<String> regions;
        private final World world;

        Place(int regions) {
            this.regions = IntStream.range(0, regions)
                    .mapToObj(number -> number == 0 ? "us-east-1" : "eu-north-" + number)
                    .toList();
            this.world = new World(Map.of("REGIONS", String.join(",", this.regions)));
            new Secrets(world.ledger, new Random(1)).of("lists");
        }

        /**
         * Nearly all are deprecated, of one family and with names that begin alike. Three of a hundred differ in one
         * way each.
         */
        void fill(int images) {
            for (var number = 0; number < images; number++) {
                var different = number % 100;
                add(
                        number,
                        regions.get(number % regions.size()),
                        different == 50 ? "needle-" + number : "golden-" + number,
                        different == 51 ? ImageStatus.AVAILABLE : ImageStatus.DEPRECATED,
                        new Labels(
                                null,
                                different == 52 ? "rare" : "metals",
                                Map.of("os", "debian", "n", Integer.toString(number))));
            }
        }

        void add(int number, String region, String name, ImageStatus status, Labels labels) {
            var id = ImageId.random(ids);
            var image = new Image(
                    id,
                    new Region(region),
                    new AccountId(ANN),
                    status,
                    Image.Terms.of(new ImageName(name), labels),
                    SampleImages.content(SnapshotId.madeBy(CopyId.random(ids))),
                    new Image.Uses(Set.of(), 1, 0, 0, true, null),
                    SampleImages.imported(
                            CopyId.random(ids), world.clock.instant().plusSeconds(number), "arn"));
            put(Images.key(id), Images.entry("IMAGES#" + ANN, image));
            put(
                    new Key("IMAGE#" + id, "SHARE#" + BOB),
                    Images.entry("SHARED#" + BOB, image).with("since", world.clock.instant()));
            put(new Key("IMAGE#" + id, "PUBLIC"), Images.entry("PUBLIC", image));
        }

        private void put(Key key, Item item) {
            world.ledger.put(key, item);
        }

        /**
         * One page as a caller gets it. The key that seals tokens is read once in a function's life, and not counted.
         */
        Page page(String account, Map<String, String> query) {
            var before = world.ledger.reads();
            var answer = new Client(world, account).list("/images", query);
            var keyOfTokens = answer.has("nextToken") || query.containsKey("nextToken") ? 1 : 0;
            return new Page(answer, (int) (world.ledger.reads() - before) - keyOfTokens);
        }

        List<JsonNode> everyPage(String account, Map<String, String> query, int most) {
            var images = new ArrayList<JsonNode>();
            var asked = new HashMap<>(query);
            for (var pages = 1; ; pages++) {
                var page = page(account, asked);
                assertThat(page.reads()).as("reads of " + asked).isLessThanOrEqualTo(most);
                page.images().forEach(images::add);
                if (!page.answer().has("nextToken")) {
                    return images;
                }
                assertThat(page.images()).as("page " + pages + " of " + asked).hasSize(pageSize(asked));
                asked.put("nextToken", page.answer().get("nextToken").asText());
            }
        }

        private static int pageSize(Map<String, String> query) {
            return Integer.parseInt(query.getOrDefault("pageSize", "100"));
        }
    }

    private record Page(JsonNode answer, int reads) {
        JsonNode images() {
            return answer.get("images");
        }
    }

    /** Each list of each caller, with its filters. */
    private static List<Map<String, String>> queries(String region) {
        var queries = List.of(Map.<String, String>of());
        for (var filter : List.of(
                List.of(
                        Map.of("owner", "self"),
                        Map.of("owner", "shared"),
                        Map.of("owner", "public"),
                        Map.of("owner", "all")),
                List.of(Map.<String, String>of(), Map.of("region", region)),
                List.of(
                        Map.<String, String>of(),
                        Map.of("status", "all"),
                        Map.of("status", "Deprecated"),
                        Map.of("status", "Creating")),
                List.of(
                        Map.<String, String>of(),
                        Map.of("name", "golden"),
                        Map.of("name", "needle"),
                        Map.of("family", "metals"),
                        Map.of("family", "rare")))) {
            queries = queries.stream()
                    .flatMap(query -> filter.stream().map(more -> and(query, more)))
                    .toList();
        }
        return queries;
    }

    private static Map<String, String> and(Map<String, String> query, Map<String, String> more) {
        var both = new HashMap<>(query);
        both.putAll(more);
        return both;
    }

    private static String caller(Map<String, String> query) {
        return switch (query.get("owner")) {
            case "shared" -> BOB;
            case "public" -> CAROL;
            default -> ANN;
        };
    }

    @ParameterizedTest
    @CsvSource({"501,3", "501,20"})
    void every_list_is_complete_and_in_order_with_at_most_three_reads_a_page(int images, int regions) {
        var place = new Place(regions);
        place.fill(images);
        var all = place.everyPage(ANN, Map.of("status", "all"), 3);
        assertThat(all).hasSize(images);

        for (var query : queries(place.regions.getLast())) {
            var wanted = all.stream()
                    .filter(image -> fits(image, query))
                    .map(ReadsOfListsTest::id)
                    .collect(Collectors.toSet());
            var found = place.everyPage(caller(query), query, 3);

            assertThat(found)
                    .as("%s", query)
                    .extracting(ReadsOfListsTest::id)
                    .doesNotHaveDuplicates()
                    .containsExactlyInAnyOrderElementsOf(wanted);
            assertThat(found)
                    .extracting(image -> query.containsKey("name")
                            ? image.get("name").asText()
                            : image.get("createdAt").asText())
                    .isSortedAccordingTo(
                            query.containsKey("name")
                                    ? Comparator.<String>naturalOrder()
                                    : Comparator.<String>reverseOrder());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 20})
    void the_first_page_of_ten_thousand_images_takes_as_few_reads(int regions) {
        var place = new Place(regions);
        place.fill(10_000);

        for (var query : queries(place.regions.getFirst())) {
            var page = place.page(caller(query), query);

            assertThat(page.reads())
                    .as("reads of %s", query)
                    .isLessThanOrEqualTo(query.get("owner").equals("all") ? 3 : 2);
            assertThat(page.images().size() == 100 || !page.answer().has("nextToken"))
                    .as("%s", query)
                    .isTrue();
        }
    }

    @Test
    void images_in_the_making_take_one_more_read_for_their_progress() {
        var place = new Place(3);
        for (var number = 0; number < 501; number++) {
            place.add(number, "us-east-1", "making-" + number, ImageStatus.CREATING, Labels.NONE);
        }
        var own = place.page(ANN, Map.of("status", "Creating"));
        var all = place.page(ANN, Map.of("status", "all", "owner", "all"));

        assertThat(own.reads()).isEqualTo(2);
        assertThat(own.images().get(0).get("progress").asText()).isEqualTo("0%");
        assertThat(all.reads()).isEqualTo(3);
        assertThat(all.images().get(0).has("progress")).isFalse();
    }

    @Test
    void the_largest_images_make_a_shorter_page_and_not_more_reads() {
        var place = new Place(3);
        var large = IntStream.range(0, 20)
                .boxed()
                .collect(Collectors.toMap(number -> "tag-" + number, number -> "😀".repeat(256)));
        for (var number = 0; number < 200; number++) {
            place.add(number, "us-east-1", "large-" + number, ImageStatus.AVAILABLE, new Labels(null, null, large));
        }

        var page = place.page(ANN, Map.of("owner", "all"));

        assertThat(page.reads()).isLessThanOrEqualTo(3);
        assertThat(page.images()).hasSizeBetween(40, 60);
        assertThat(page.answer().has("nextToken")).isTrue();
    }

    @Test
    void tags_take_a_read_for_each_megabyte_examined_and_never_more_than_ten() {
        var place = new Place(20);
        place.fill(10_000);
        var size = 10_000 * 1_000;
        var query = Map.of("status", "all", "tag.n", "7");

        var first = place.page(ANN, query);
        var found = new ArrayList<>(List.of(first));
        while (found.getLast().answer().has("nextToken")) {
            found.add(place.page(
                    ANN,
                    and(
                            query,
                            Map.of(
                                    "nextToken",
                                    found.getLast().answer().get("nextToken").asText()))));
        }

        assertThat(found).allSatisfy(page -> assertThat(page.reads()).isLessThanOrEqualTo(10));
        assertThat(found.stream().mapToInt(Page::reads).sum()).isLessThanOrEqualTo(1 + size / (1 << 20));
        assertThat(found.stream().mapToInt(page -> page.images().size()).sum()).isEqualTo(1);
    }

    private static String id(JsonNode image) {
        return image.get("imageId").asText();
    }

    private static boolean fits(JsonNode image, Map<String, String> query) {
        var status = query.getOrDefault("status", "Available");
        return (status.equals("all") || image.get("status").asText().equals(status))
                && image.get("region")
                        .asText()
                        .equals(query.getOrDefault("region", image.get("region").asText()))
                && image.get("name").asText().startsWith(query.getOrDefault("name", ""))
                && image.path("family")
                        .asText()
                        .equals(query.getOrDefault(
                                "family", image.path("family").asText()));
    }
}
