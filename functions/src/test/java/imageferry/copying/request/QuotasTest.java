package imageferry.copying.request;

import static imageferry.copying.InMemoryService.ANY_BYTES;
import static imageferry.copying.InMemoryService.AWAY;
import static imageferry.copying.InMemoryService.HOME;
import static imageferry.copying.InMemoryService.OUTAGE;
import static imageferry.copying.InMemoryService.OWNER;
import static imageferry.copying.InMemoryService.accepted;
import static imageferry.copying.InMemoryService.codes;
import static imageferry.copying.InMemoryService.violations;
import static org.assertj.core.api.Assertions.assertThat;

import imageferry.copying.Groups;
import imageferry.copying.InMemoryService;
import imageferry.copying.Limits;
import imageferry.copying.ending.CreateImage;
import imageferry.fault.Calls;
import imageferry.fault.Plan;
import imageferry.id.CopyId;
import imageferry.id.GroupId;
import imageferry.image.Image;
import imageferry.image.ImageName;
import imageferry.image.Labels;
import imageferry.image.Quota;
import imageferry.ledger.Commit;
import imageferry.ledger.ForwardingLedger;
import imageferry.ledger.Ledger;
import imageferry.ledger.Write;
import imageferry.region.Region;
import imageferry.region.Regions;
import imageferry.rule.Code;
import imageferry.rule.Result;
import imageferry.snapshot.Faults.Call;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** An account has a limited number of images, and of running copies, in each region: here 5 and 4. */
class QuotasTest {
    private final InMemoryService service = new InMemoryService();
    private final Image source = service.image("golden");

    private Quota used(Region region) {
        return service.images.quota(OWNER.account(), region);
    }

    private Result<GroupId> request(String name) {
        return request(new Limits(500L << 30, 5, 4, 50), name);
    }

    private Result<GroupId> request(Limits limits, String name) {
        return request(service.ledger, service.regions, limits, List.of(target(AWAY, name)));
    }

    private Result<GroupId> request(Ledger ledger, Regions regions, Limits limits, List<TargetRequest> targets) {
        return new RequestWiring(ledger, service.store, regions, service.planner, limits, service.clock, service.ids)
                .requestCopies()
                .request(OWNER, new RequestCopies.Request(source.id().value(), targets, null, null));
    }

    private static TargetRequest target(Region region, String name) {
        return new TargetRequest(region.name(), name, Labels.NONE, List.of());
    }

    private List<CopyId> running(int copies) {
        return IntStream.range(0, copies)
                .mapToObj(each -> accepted(request("copy-" + each)))
                .map(group -> new Groups(service.ledger).find(group).orElseThrow())
                .map(group -> group.copies().getFirst())
                .toList();
    }

    private RetryCopy retrying() {
        return service.retrying();
    }

    @Test
    void a_copy_above_the_quota_is_refused_with_the_number_and_advice() {
        running(4);

        assertThat(violations(request("fifth"))).singleElement().satisfies(violation -> {
            assertThat(violation.code()).isEqualTo(Code.COPY_QUOTA);
            assertThat(violation.field()).isEqualTo("targets[0].region");
            assertThat(violation.detail())
                    .isEqualTo(
                            "222222222222 runs 4 of the 4 copies to eu-west-1 that it may run at once; wait until one"
                                    + " ends, cancel one, or ask the operator for more");
        });
        assertThat(used(AWAY)).isEqualTo(new Quota(4, 4, 0));
    }

    @Test
    void both_quotas_are_reported_at_once() {
        running(4);

        assertThat(codes(request(new Limits(500L << 30, 4, 4, 50), "fifth")))
                .containsExactly(Code.IMAGE_QUOTA, Code.COPY_QUOTA);
    }

    @Test
    void a_full_region_does_not_limit_another() {
        running(4);

        assertThat(service.importing("second", 500)).isNotNull();
        assertThat(used(HOME)).isEqualTo(new Quota(2, 1, 0));
    }

    @Test
    void a_finished_copy_frees_its_place_and_its_image_keeps_its_own() {
        var copies = running(4);
        service.finish(copies.getFirst());
        new CreateImage(service.ledger, service.copies, service.store, service.granting, service.clock)
                .create(copies.getFirst());

        assertThat(used(AWAY)).isEqualTo(new Quota(4, 3, 0));

        accepted(request("fifth"));
        assertThat(codes(request("sixth"))).containsExactly(Code.IMAGE_QUOTA, Code.COPY_QUOTA);
    }

    @Test
    void a_failed_copy_that_is_settled_repeatedly_gives_both_places_back_once() {
        var failed = running(4).getFirst();

        service.settling.settle(failed, OUTAGE);
        service.settling.settle(failed, OUTAGE);

        assertThat(used(AWAY)).isEqualTo(new Quota(3, 3, 0));
    }

    @Test
    void a_deleted_image_gives_its_place_back() {
        var copy = running(1).getFirst();
        service.finish(copy);

        accepted(service.deleting().delete(OWNER, service.made(copy).id().value(), false));

        assertThat(used(AWAY)).isEqualTo(new Quota(0, 0, 0));
    }

    @Test
    void an_import_is_a_running_copy() {
        IntStream.range(0, 4).forEach(each -> service.importing("disk-" + each, 500 + each));

        assertThat(used(HOME)).isEqualTo(new Quota(5, 4, 0));
        assertThat(codes(service.requesting(service.ledger, new Limits(500L << 30, 100, 4, 50))
                        .requestImport()
                        .request(
                                OWNER,
                                new RequestImport.Request(
                                        HOME.name(),
                                        new ImageName("fifth"),
                                        "imports/222222222222/disk-0",
                                        ANY_BYTES,
                                        Labels.NONE,
                                        null))))
                .containsExactly(Code.COPY_QUOTA);
    }

    @Test
    void a_retry_is_a_running_copy() {
        var failed = running(4).getFirst();
        service.settling.settle(failed, OUTAGE);
        var another = accepted(request("another"));

        assertThat(codes(retrying().retry(OWNER, failed.value()))).containsExactly(Code.COPY_QUOTA);

        service.settling.settle(
                new Groups(service.ledger).find(another).orElseThrow().copies().getFirst(), OUTAGE);
        accepted(retrying().retry(OWNER, failed.value()));
        assertThat(used(AWAY)).isEqualTo(new Quota(4, 4, 0));
    }

    @Test
    void a_request_that_loses_the_last_place_names_the_full_quota() {
        running(3);
        var looks = service.store.faults().count(Call.LOOK);
        service.store.faults().before(Call.LOOK, number -> {
            if (number == looks + 1) {
                accepted(request("faster"));
            }
        });

        assertThat(codes(request("slower"))).containsExactly(Code.COPY_QUOTA);
        assertThat(used(AWAY)).isEqualTo(new Quota(4, 4, 0));
    }

    @Test
    void a_place_and_a_name_that_are_given_back_meanwhile_are_taken() {
        var copies = running(4);
        var calls = new Calls();
        calls.plan(Plan.overtakenAt("commit", () -> service.settling.settle(copies.getFirst(), OUTAGE)));

        accepted(request(
                calls.around(Ledger.class, service.ledger),
                service.regions,
                new Limits(500L << 30, 5, 4, 50),
                List.of(target(AWAY, "copy-0"))));

        assertThat(used(AWAY)).isEqualTo(new Quota(4, 4, 0));
    }

    @Test
    void an_import_takes_a_place_and_a_name_that_are_given_back_meanwhile() {
        var first = service.importing("disk", 500);
        var calls = new Calls();
        calls.plan(Plan.overtakenAt("commit", () -> service.settling.settle(first, OUTAGE)));

        accepted(service.requesting(calls.around(Ledger.class, service.ledger), new Limits(500L << 30, 2, 1, 50))
                .requestImport()
                .request(
                        OWNER,
                        new RequestImport.Request(
                                HOME.name(),
                                new ImageName("disk"),
                                "imports/222222222222/disk",
                                ANY_BYTES,
                                Labels.NONE,
                                null)));

        assertThat(used(HOME)).isEqualTo(new Quota(2, 1, 0));
    }

    @Test
    void a_retry_takes_a_place_that_is_given_back_meanwhile() {
        var copies = running(4);
        service.settling.settle(copies.getFirst(), OUTAGE);
        accepted(request("another"));
        var calls = new Calls();
        calls.plan(Plan.overtakenAt("commit", () -> service.settling.settle(copies.getLast(), OUTAGE)));

        accepted(service.requesting(calls.around(Ledger.class, service.ledger), new Limits(500L << 30, 5, 4, 50))
                .retryCopy()
                .retry(OWNER, copies.getFirst().value()));

        assertThat(used(AWAY)).isEqualTo(new Quota(4, 4, 0));
    }

    @Test
    void twenty_targets_are_one_transaction() {
        var away = IntStream.range(1, 21)
                .mapToObj(number -> new Region("eu-north-" + number))
                .toList();
        var all = new ArrayList<>(List.of(HOME));
        all.addAll(away);
        var ledger = new Counting(service.ledger);

        accepted(request(
                ledger,
                new Regions("imageferry", service.regions.operator(), all),
                service.limits,
                away.stream().map(region -> target(region, "golden")).toList()));

        assertThat(ledger.commits).containsExactly(20 * 4 + 3);
        assertThat(away).allSatisfy(region -> assertThat(used(region)).isEqualTo(new Quota(1, 1, 0)));
    }

    /** Counts the writes of each commit. */
    private static final class Counting extends ForwardingLedger {
        private final List<Integer> commits = new ArrayList<>();

        Counting(Ledger ledger) {
            super(ledger);
        }

        @Override
        public Commit commit(List<Write> writes) {
            commits.add(writes.size());
            return super.commit(writes);
        }
    }

    @Test
    void a_full_quota_is_reported_beside_other_violations() {
        running(4);
        var shared = new TargetRequest(
                AWAY.name(), "another", Labels.NONE, List.of(OWNER.account().value()));

        assertThat(codes(request(service.ledger, service.regions, service.limits, List.of(shared))))
                .containsExactly(Code.SHARE_WITH_ONESELF, Code.COPY_QUOTA);
    }
}
