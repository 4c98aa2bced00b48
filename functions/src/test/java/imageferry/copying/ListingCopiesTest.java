package imageferry.copying;

import static imageferry.copying.InMemoryService.AWAY;
import static imageferry.copying.InMemoryService.FRIEND;
import static imageferry.copying.InMemoryService.HOME;
import static imageferry.copying.InMemoryService.OPERATOR;
import static imageferry.copying.InMemoryService.OUTAGE;
import static imageferry.copying.InMemoryService.OWNER;
import static imageferry.copying.InMemoryService.accepted;
import static imageferry.copying.InMemoryService.codes;
import static imageferry.copying.InMemoryService.violations;
import static org.assertj.core.api.Assertions.assertThat;

import imageferry.account.Caller;
import imageferry.copying.DescribeCopies.Filter;
import imageferry.id.CopyId;
import imageferry.id.GroupId;
import imageferry.ledger.Query;
import imageferry.rule.Code;
import imageferry.rule.Violation;
import imageferry.ticket.Tickets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists of copies are filtered by owner, status, region and request, newest first. */
class ListingCopiesTest {
    private static final int MOST_PAGES = 100;

    private final InMemoryService service = new InMemoryService();
    private final DescribeCopies describing = new DescribeCopies(
            service.copies, new Groups(service.ledger), new Tickets(service.ledger), service.visible);

    private final CopyId imported = later(() -> service.importing("golden", 1_000));
    private final CopyId failed;
    private final CopyId waiting;
    private final CopyId available;

    ListingCopiesTest() {
        service.finish(imported);
        var source = service.made(imported);
        failed = later(() -> service.copying(source));
        service.settling.settle(failed, OUTAGE);
        available = later(() -> service.copying(source));
        service.finish(available);
        waiting = later(() -> service.importing("silver", 900));
    }

    private CopyId later(Supplier<CopyId> copy) {
        service.passes(Duration.ofSeconds(1));
        return copy.get();
    }

    private static Filter all() {
        return filter(null, null, null);
    }

    private static Filter filter(String status, String region, String group) {
        return new Filter(null, status, region, group);
    }

    private List<CopyId> found(Caller caller, Filter filter, int pageSize) {
        var found = new ArrayList<CopyId>();
        Query.Position next = null;
        for (var pages = 0; pages < MOST_PAGES; pages++) {
            var page = accepted(describing.list(caller, filter, pageSize, next));
            assertThat(page.copies()).hasSizeLessThanOrEqualTo(pageSize);
            page.copies().stream().map(Copy::id).forEach(found::add);
            next = page.next();
            if (next == null) {
                return found;
            }
        }
        throw new AssertionError("The list has more than " + MOST_PAGES + " pages");
    }

    private String group(CopyId copy) {
        return Objects.requireNonNull(service.copies.require(copy).request().group())
                .value();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 100})
    void filters_select_alone_and_together(int pageSize) {
        assertThat(found(OWNER, all(), pageSize)).containsExactly(waiting, available, failed, imported);
        assertThat(found(OWNER, filter("Available", null, null), pageSize)).containsExactly(available, imported);
        assertThat(found(OWNER, filter("Failed", null, null), pageSize)).containsExactly(failed);
        assertThat(found(OWNER, filter(null, AWAY.name(), null), pageSize)).containsExactly(available, failed);
        assertThat(found(OWNER, filter("Available", HOME.name(), null), pageSize))
                .containsExactly(imported);
        assertThat(found(OWNER, filter(null, null, group(failed)), pageSize)).containsExactly(failed);
        assertThat(found(OWNER, filter("Available", AWAY.name(), group(failed)), pageSize))
                .isEmpty();
    }

    @Test
    void only_the_operator_sees_the_copies_and_groups_of_another_account() {
        assertThat(found(FRIEND, filter(null, null, group(failed)), 10)).isEmpty();
        var ofOwner = new Filter(OWNER.account().value(), "Failed", null, null);

        assertThat(found(OPERATOR, ofOwner, 10)).containsExactly(failed);
        assertThat(codes(describing.list(FRIEND, ofOwner, 10, null))).containsExactly(Code.NOT_OPERATOR);
    }

    @Test
    void an_invalid_region_and_an_invalid_group_are_refused_together() {
        assertThat(codes(describing.list(OWNER, filter(null, "Mars", "g-1"), 10, null)))
                .containsExactly(Code.INVALID_PARAMETER, Code.INVALID_PARAMETER);
    }

    @Test
    void a_page_takes_one_read_of_an_index_or_two_of_a_group() {
        var group = group(failed);
        var before = service.ledger.reads();
        accepted(describing.list(OWNER, filter("Failed", AWAY.name(), null), 100, null));
        assertThat(service.ledger.reads() - before).isEqualTo(1);

        accepted(describing.list(OWNER, filter("Failed", null, group), 100, null));
        assertThat(service.ledger.reads() - before).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 100})
    void a_group_is_listed_newest_first_whatever_the_page_size(int pageSize) {
        var group = GroupId.random(service.ids);
        service.ledger.commit(List.of(
                Groups.created(group, OWNER.account(), List.of(available, imported, waiting, failed), service.now())));

        assertThat(found(OWNER, filter(null, null, group.value()), pageSize))
                .containsExactly(waiting, available, failed, imported);
        assertThat(found(OWNER, filter("Available", null, group.value()), pageSize))
                .containsExactly(available, imported);
        assertThat(found(OWNER, filter(null, HOME.name(), group.value()), pageSize))
                .containsExactly(waiting, imported);
        assertThat(accepted(describing.group(OWNER, group.value())))
                .extracting(Copy::id)
                .containsExactly(available, imported, waiting, failed);
    }

    @Test
    void a_group_is_shown_to_its_owner_and_the_operator() {
        var group = group(failed);

        assertThat(accepted(describing.group(OWNER, group)))
                .extracting(Copy::id)
                .containsExactly(failed);
        assertThat(accepted(describing.group(OPERATOR, group)))
                .extracting(Copy::id)
                .containsExactly(failed);
        assertThat(codes(describing.group(FRIEND, group))).containsExactly(Code.GROUP_NOT_FOUND);
        assertThat(codes(describing.group(OWNER, "g-1"))).containsExactly(Code.GROUP_NOT_FOUND);
    }

    @Test
    void a_copy_is_shown_to_its_owner_and_the_operator() {
        assertThat(accepted(describing.find(OWNER, failed.value())).id()).isEqualTo(failed);
        assertThat(accepted(describing.find(OPERATOR, failed.value())).id()).isEqualTo(failed);
        assertThat(codes(describing.find(FRIEND, failed.value()))).containsExactly(Code.COPY_NOT_FOUND);
    }

    @Test
    void the_copies_of_an_image_are_shown_to_its_owner_newest_first() {
        var source = service.copies.require(imported).image();

        assertThat(accepted(describing.madeFrom(OWNER, source.value(), 10, null))
                        .copies())
                .extracting(Copy::id)
                .containsExactly(available, failed);
        assertThat(codes(describing.madeFrom(FRIEND, source.value(), 10, null))).containsExactly(Code.IMAGE_NOT_FOUND);
    }

    @Test
    void a_malformed_filter_is_named_with_its_form() {
        assertThat(violations(describing.list(OWNER, filter(null, "Mars", null), 10, null)))
                .containsExactly(Violation.of(
                        Code.INVALID_PARAMETER,
                        "region",
                        "Mars",
                        "The parameter region is \"Mars\"; give one of the form eu-west-1"));
    }
}
