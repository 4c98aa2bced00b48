package imageferry.sharing;

import static imageferry.copying.InMemoryService.AWAY;
import static imageferry.copying.InMemoryService.FRIEND;
import static imageferry.copying.InMemoryService.HOME;
import static imageferry.copying.InMemoryService.OPERATOR;
import static imageferry.copying.InMemoryService.OUTAGE;
import static imageferry.copying.InMemoryService.OWNER;
import static imageferry.copying.InMemoryService.STRANGER;
import static imageferry.copying.InMemoryService.accepted;
import static imageferry.copying.InMemoryService.codes;
import static imageferry.modification.Modifications.DEPRECATE;
import static imageferry.modification.Modifications.PUBLISH;
import static imageferry.modification.Modifications.WITHDRAW;
import static org.assertj.core.api.Assertions.assertThat;

import imageferry.account.Caller;
import imageferry.copying.InMemoryService;
import imageferry.id.CopyId;
import imageferry.id.ImageId;
import imageferry.id.SnapshotId;
import imageferry.image.Image;
import imageferry.image.ImageName;
import imageferry.image.ImageStatus;
import imageferry.image.Images;
import imageferry.image.Labels;
import imageferry.image.SampleImages;
import imageferry.ledger.Query;
import imageferry.modification.Modification;
import imageferry.modification.Modifications;
import imageferry.modification.ModifyImage;
import imageferry.rule.Code;
import imageferry.sharing.DescribeImages.Filter;
import imageferry.sharing.DescribeImages.Whose;
import imageferry.sharing.VisibleImages.Seen;
import imageferry.snapshot.Faults.Call;
import imageferry.snapshot.StoreUnavailable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists show the visible images of one region, newest first, each once, for any page size. */
class ListingImagesTest {
    private static final int MOST_PAGES = 100;

    private final InMemoryService service = new InMemoryService();
    private final DescribeImages listing =
            new DescribeImages(service.images, service.shares, service.visible, service.regions);
    private final ModifyImage modifying = service.modifying();

    private static Filter all(Whose whose) {
        return filter(whose, "Available");
    }

    private static Filter filter(Whose whose, String status) {
        return new Filter(whose, HOME.name(), status, "", null, Map.of());
    }

    private static Filter everywhere(Whose whose) {
        return new Filter(whose, null, "Available", "", null, Map.of());
    }

    private static Filter in(String region) {
        return new Filter(Whose.ALL, region, "Available", "", null, Map.of());
    }

    private DescribeImages.Listing page(Caller caller, Filter filter, int limit, Query.Position after) {
        return accepted(listing.list(caller, filter, limit, after));
    }

    private List<Seen> everyPage(Caller caller, Filter filter, int limit) {
        var seen = new ArrayList<Seen>();
        Query.Position next = null;
        for (var pages = 0; pages < MOST_PAGES; pages++) {
            var page = page(caller, filter, limit, next);
            assertThat(page.images()).hasSizeLessThanOrEqualTo(limit);
            seen.addAll(page.images());
            next = page.next();
            if (next == null) {
                return seen;
            }
        }
        throw new AssertionError("The list has more than " + MOST_PAGES + " pages");
    }

    private List<String> names(Caller caller, Filter filter) {
        return names(everyPage(caller, filter, 100));
    }

    private static List<String> names(List<Seen> seen) {
        return seen.stream().map(one -> one.image().name().value()).toList();
    }

    private Image image(Caller owner, String name) {
        service.passes(Duration.ofSeconds(1));
        return service.image(owner, name);
    }

    private void modify(Caller owner, Image image, Modification modification) {
        accepted(modifying.modify(owner, image.id().value(), modification));
    }

    private void share(Image image, Caller with) {
        accepted(service.sharing.share(
                caller(image), image.id().value(), with.account().value()));
    }

    private static Caller caller(Image image) {
        return image.ownedBy(OPERATOR.account()) ? OPERATOR : OWNER;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 100})
    void own_shared_and_public_images_are_one_list_newest_first_for_any_page_size(int pageSize) {
        var oldest = image(OPERATOR, "oldest");
        image(FRIEND, "own-1");
        var shared = image(OWNER, "shared");
        image(FRIEND, "own-2");
        var newest = image(OPERATOR, "newest");
        // Neither sharing nor publishing an image makes it newer.
        modify(OPERATOR, newest, PUBLISH);
        share(shared, FRIEND);
        modify(OPERATOR, oldest, PUBLISH);

        assertThat(names(everyPage(FRIEND, all(Whose.ALL), pageSize)))
                .containsExactly("newest", "own-2", "shared", "own-1", "oldest");
    }

    @Test
    void images_of_the_same_time_have_a_fixed_order_too() {
        IntStream.range(0, 4).forEach(number -> service.image(OWNER, "image-" + number));

        var pages = everyPage(OWNER, all(Whose.SELF), 1);

        assertThat(pages).isEqualTo(everyPage(OWNER, all(Whose.SELF), 100));
        assertThat(pages).extracting(seen -> seen.image().id().value()).isSortedAccordingTo(Collections.reverseOrder());
    }

    @Test
    void no_change_of_an_image_moves_it_to_another_page() {
        var images = IntStream.range(0, 4)
                .mapToObj(number -> image(OPERATOR, "image-" + number))
                .toList();
        var first = page(OPERATOR, all(Whose.ALL), 2, null);
        for (var image : images) {
            modify(OPERATOR, image, Modifications.describe("Changed"));
            share(image, FRIEND);
            modify(OPERATOR, image, PUBLISH);
        }
        image(OPERATOR, "newer");

        var second = page(OPERATOR, all(Whose.ALL), 2, first.next());

        assertThat(names(first.images())).containsExactly("image-3", "image-2");
        assertThat(names(second.images())).containsExactly("image-1", "image-0");
        assertThat(second.next()).isNull();
    }

    @Test
    void an_image_deleted_between_two_pages_hides_no_other() {
        IntStream.range(0, 3).forEach(number -> image(OWNER, "image-" + number));
        var first = page(OWNER, all(Whose.SELF), 1, null);
        accepted(service.deleting()
                .delete(OWNER, first.images().getFirst().image().id().value(), false));

        assertThat(names(page(OWNER, all(Whose.SELF), 2, first.next()).images()))
                .containsExactly("image-1", "image-0");
    }

    @Test
    void the_list_of_public_images_is_the_same_for_everybody_marketplace_images_included() {
        var free = image(OPERATOR, "free");
        var product = image(OPERATOR, "product");
        image(OPERATOR, "hidden");
        modify(OPERATOR, free, PUBLISH);
        modify(OPERATOR, product, Modifications.product("debian-13"));

        for (var caller : List.of(OPERATOR, OWNER, STRANGER)) {
            assertThat(names(caller, all(Whose.PUBLIC))).containsExactly("product", "free");
        }
        modify(OPERATOR, free, WITHDRAW);
        assertThat(names(STRANGER, all(Whose.PUBLIC))).containsExactly("product");
    }

    @Test
    void an_own_public_image_and_a_shared_one_that_became_public_are_listed_once() {
        var image = image(OPERATOR, "golden");
        share(image, FRIEND);
        modify(OPERATOR, image, PUBLISH);

        assertThat(names(OPERATOR, all(Whose.ALL))).containsExactly("golden");
        assertThat(names(OPERATOR, all(Whose.SELF))).containsExactly("golden");
        assertThat(names(FRIEND, all(Whose.ALL))).containsExactly("golden");
        assertThat(names(FRIEND, all(Whose.SHARED))).isEmpty();
        assertThat(names(FRIEND, all(Whose.PUBLIC))).containsExactly("golden");
    }

    @Test
    void the_shared_list_has_name_owner_and_time() {
        var image = image(OWNER, "golden");
        service.passes(Duration.ofMinutes(5));
        share(image, FRIEND);

        assertThat(everyPage(FRIEND, all(Whose.SHARED), 10)).singleElement().satisfies(seen -> {
            assertThat(seen.image().name()).hasToString("golden");
            assertThat(seen.image().owner()).isEqualTo(OWNER.account());
            assertThat(seen.sharedSince()).isEqualTo(service.now());
        });
    }

    @Test
    void a_withdrawn_share_is_no_longer_listed() {
        var image = image(OWNER, "golden");
        share(image, FRIEND);
        accepted(service.sharing.unshare(
                OWNER, image.id().value(), FRIEND.account().value()));

        assertThat(names(FRIEND, all(Whose.ALL))).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Whose.class)
    void strangers_see_no_image(Whose whose) {
        share(image(OWNER, "golden"), FRIEND);

        assertThat(names(STRANGER, all(whose))).isEmpty();
    }

    @Test
    void a_list_is_of_one_region() {
        var copy = service.copying(image(OWNER, "golden"));
        service.finish(copy);

        assertThat(accepted(listing.list(OWNER, in(AWAY.name()), 10, null)).images())
                .extracting(seen -> seen.image().id())
                .containsExactly(service.made(copy).id());
        assertThat(codes(listing.list(OWNER, in("mars-north-1"), 10, null))).containsExactly(Code.INVALID_REGION);
    }

    @Test
    void available_images_are_shown_by_default() {
        image(OWNER, "available");
        modify(OWNER, image(OWNER, "deprecated"), DEPRECATE);
        service.importing("waiting", 1_000);
        service.settling.settle(service.importing("failed", 1_000), OUTAGE);

        assertThat(names(OWNER, all(Whose.SELF))).containsExactly("available");
        for (var status : Map.of("Deprecated", "deprecated", "Waiting", "waiting", "CreateFailed", "failed")
                .entrySet()) {
            assertThat(names(OWNER, filter(Whose.SELF, status.getKey()))).containsExactly(status.getValue());
        }
        assertThat(names(OWNER, filter(Whose.SELF, "all")))
                .containsExactlyInAnyOrder("available", "deprecated", "waiting", "failed");
    }

    @Test
    void prefix_family_and_tags_must_all_fit() {
        var labels = new Labels(null, "metals", Map.of("os", "debian", "team", "platform"));
        for (var name : List.of("gold", "golden", "silver")) {
            modify(
                    OWNER,
                    image(OWNER, name),
                    new Modification(null, null, labels.family(), labels.tags(), null, null, null, null));
        }
        modify(OWNER, image(OWNER, "goldfish"), Modifications.describe("No metal"));

        assertThat(names(OWNER, filter("gold", null, Map.of()))).containsExactly("gold", "golden", "goldfish");
        assertThat(names(OWNER, filter("Gold", null, Map.of()))).isEmpty();
        assertThat(names(OWNER, filter("gold", "metals", Map.of()))).containsExactly("gold", "golden");
        assertThat(names(OWNER, filter("", "metals", Map.of()))).containsExactly("silver", "golden", "gold");
        assertThat(names(OWNER, filter("", "metal", Map.of()))).isEmpty();
        assertThat(names(OWNER, filter("golde", "metals", Map.of("os", "debian", "team", "platform"))))
                .containsExactly("golden");
        assertThat(names(OWNER, filter("", null, Map.of("os", "debian", "team", "edge"))))
                .isEmpty();
    }

    private static Filter filter(String prefix, String family, Map<String, String> tags) {
        return new Filter(Whose.SELF, HOME.name(), "Available", prefix, family, tags);
    }

    @Test
    void a_rare_name_still_fills_its_page_and_shows_the_end() {
        laid(0, 500);
        laid(500, 1, "needle-1");
        laid(501, 400);
        laid(901, 1, "needle-2");

        var page = page(OWNER, filter("needle", null, Map.of()), 2, null);

        assertThat(names(page.images())).containsExactly("needle-1", "needle-2");
        assertThat(page.next()).isNull();
    }

    @Test
    void rare_tags_need_more_pages_and_miss_no_image() {
        laid(0, 1, "needle");
        modify(OWNER, found("needle"), Modifications.tags(Map.of("lost", "yes")));
        laidHeavy(1, 1_000);

        var first = page(OWNER, filter("", null, Map.of("lost", "yes")), 10, null);
        var all = everyPage(OWNER, filter("", null, Map.of("lost", "yes")), 10);

        assertThat(first.images()).isEmpty();
        assertThat(first.next()).isNotNull();
        assertThat(names(all)).containsExactly("needle");
    }

    private Image found(String name) {
        return page(OWNER, filter(name, null, Map.of()), 1, null)
                .images()
                .getFirst()
                .image();
    }

    @Test
    void without_a_region_a_list_is_of_all_regions_newest_first_for_any_page_size() {
        var first = image(OWNER, "first");
        image(OWNER, "second");
        service.passes(Duration.ofSeconds(1));
        var copy = service.copying(first);
        service.finish(copy);
        image(OWNER, "third");
        share(service.made(copy), FRIEND);
        share(first, FRIEND);

        for (var pageSize : List.of(1, 2, 100)) {
            assertThat(everyPage(OWNER, everywhere(Whose.SELF), pageSize))
                    .extracting(
                            seen -> seen.image().region() + " " + seen.image().name())
                    .containsExactly(HOME + " third", AWAY + " first", HOME + " second", HOME + " first");
            assertThat(everyPage(FRIEND, everywhere(Whose.ALL), pageSize))
                    .extracting(
                            seen -> seen.image().region() + " " + seen.image().name())
                    .containsExactly(AWAY + " first", HOME + " first");
        }
    }

    @Test
    void a_shared_and_a_public_list_follow_every_change_of_the_image() {
        var image = image(OPERATOR, "golden");
        share(image, FRIEND);
        modify(
                OPERATOR,
                image,
                new Modification(
                        new ImageName("renamed"), "Changed", "metals", Map.of("os", "debian"), null, null, null, null));

        assertThat(everyPage(FRIEND, all(Whose.SHARED), 10)).singleElement().satisfies(seen -> {
            assertThat(seen.image().name()).hasToString("renamed");
            assertThat(seen.image().labels()).isEqualTo(new Labels("Changed", "metals", Map.of("os", "debian")));
        });
        assertThat(names(FRIEND, new Filter(Whose.SHARED, null, "all", "ren", "metals", Map.of("os", "debian"))))
                .containsExactly("renamed");
        assertThat(names(FRIEND, new Filter(Whose.SHARED, null, "all", "gold", null, Map.of())))
                .isEmpty();

        modify(OPERATOR, image, DEPRECATE);
        assertThat(names(FRIEND, all(Whose.SHARED))).isEmpty();
        assertThat(names(FRIEND, filter(Whose.SHARED, "Deprecated"))).containsExactly("renamed");

        modify(OPERATOR, image, Modifications.RESTORE);
        modify(OPERATOR, image, PUBLISH);
        modify(OPERATOR, image, Modifications.rename("free"));
        assertThat(names(STRANGER, all(Whose.PUBLIC))).containsExactly("free");
        assertThat(names(FRIEND, all(Whose.SHARED))).isEmpty();

        modify(OPERATOR, image, WITHDRAW);
        assertThat(names(FRIEND, all(Whose.SHARED))).containsExactly("free");
        assertThat(names(STRANGER, all(Whose.PUBLIC))).isEmpty();
    }

    @Test
    void a_deleted_image_leaves_every_list_at_once_although_its_bytes_cannot_be_removed() {
        var image = image(OWNER, "golden");
        share(image, FRIEND);
        service.store.faults().before(Call.DELETE, number -> {
            throw new StoreUnavailable("Out of reach");
        });
        accepted(service.deleting().delete(OWNER, image.id().value(), true));

        assertThat(names(OWNER, filter(Whose.ALL, "all"))).isEmpty();
        assertThat(names(FRIEND, filter(Whose.ALL, "all"))).isEmpty();
    }

    @Test
    void pages_of_a_long_list_neither_repeat_nor_omit_an_image() {
        laid(0, 350);
        IntStream.range(0, 5).forEach(number -> share(image(OPERATOR, "shared-" + number), OWNER));

        var seen = everyPage(OWNER, all(Whose.ALL), 33);

        assertThat(seen).hasSize(355).doesNotHaveDuplicates();
        assertThat(seen).extracting(one -> one.image().listOrder()).isSortedAccordingTo(Collections.reverseOrder());
    }

    private void laid(int from, int count) {
        laid(from, count, "straw");
    }

    /** Images of 10 kB, of which one read of the table examines about a hundred. */
    private void laidHeavy(int from, int count) {
        laid(from, count, "straw", new Labels("x".repeat(10_000), null, Map.of()));
    }

    private void laid(int from, int count, String name) {
        laid(from, count, name, Labels.NONE);
    }

    /** Available images, one each second, written directly into the ledger. */
    private void laid(int from, int count, String name, Labels labels) {
        for (var number = from; number < from + count; number++) {
            var numbered = count == 1 ? name : name + "-" + number;
            service.ledger.commit(List.of(Images.created(new Image(
                    ImageId.random(service.ids),
                    HOME,
                    OWNER.account(),
                    ImageStatus.AVAILABLE,
                    Image.Terms.of(new ImageName(numbered), labels),
                    SampleImages.content(SnapshotId.madeBy(CopyId.random(service.ids))),
                    Image.Uses.NONE,
                    SampleImages.imported(
                            CopyId.random(service.ids),
                            service.now().minusSeconds(10_000).plusSeconds(number),
                            OWNER.arn())))));
        }
    }

    @Test
    void an_image_beyond_the_examined_part_of_another_list_is_listed_once() {
        var needle = image(OPERATOR, "needle");
        modify(OPERATOR, needle, Modifications.tags(Map.of("lost", "yes")));
        modify(OPERATOR, needle, PUBLISH);
        service.passes(Duration.ofDays(1));
        laidHeavy(0, 400);
        var tagged = new Filter(Whose.ALL, HOME.name(), "Available", "", null, Map.of("lost", "yes"));

        var first = page(OWNER, tagged, 10, null);

        assertThat(first.images()).isEmpty();
        assertThat(first.next()).isNotNull();
        assertThat(names(everyPage(OWNER, tagged, 10))).containsExactly("needle");
    }

    @Test
    void three_lists_are_read_only_for_all_images_of_a_status_that_other_accounts_can_see() {
        assertThat(merged(filter(Whose.ALL, "Available"))).isTrue();
        assertThat(merged(filter(Whose.ALL, "Deprecated"))).isTrue();
        assertThat(merged(filter(Whose.ALL, "all"))).isTrue();
        assertThat(merged(filter(Whose.ALL, "Waiting"))).isFalse();
        assertThat(merged(filter(Whose.SHARED, "Available"))).isFalse();
    }

    private boolean merged(Filter filter) {
        return page(OWNER, filter, 10, null).merged();
    }

    @Test
    void one_image_is_found_by_the_accounts_that_see_it() {
        var image = image(OWNER, "golden");

        assertThat(accepted(listing.find(OWNER, image.id().value())).image()).isEqualTo(image);
        assertThat(codes(listing.find(STRANGER, image.id().value()))).containsExactly(Code.IMAGE_NOT_FOUND);
    }
}
