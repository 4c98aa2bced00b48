package imageferry.copying.request;

import static imageferry.copying.InMemoryService.AWAY;
import static imageferry.copying.InMemoryService.FRIEND;
import static imageferry.copying.InMemoryService.HOME;
import static imageferry.copying.InMemoryService.OPERATOR;
import static imageferry.copying.InMemoryService.OUTAGE;
import static imageferry.copying.InMemoryService.OWNER;
import static imageferry.copying.InMemoryService.STRANGER;
import static imageferry.copying.InMemoryService.accepted;
import static imageferry.copying.InMemoryService.codes;
import static imageferry.copying.InMemoryService.violations;
import static org.assertj.core.api.Assertions.assertThat;

import imageferry.copying.CopyStatus;
import imageferry.copying.InMemoryService;
import imageferry.copying.Reason;
import imageferry.copying.RecordedExecutions;
import imageferry.copying.transfer.CompleteSnapshotCopy;
import imageferry.fault.Calls;
import imageferry.fault.Fault;
import imageferry.fault.Plan;
import imageferry.id.CopyId;
import imageferry.id.SnapshotId;
import imageferry.image.Image;
import imageferry.image.ImageStatus;
import imageferry.image.Quota;
import imageferry.ledger.BeforeCommit;
import imageferry.ledger.Key;
import imageferry.ledger.Ledger;
import imageferry.ledger.LedgerUnavailable;
import imageferry.modification.Modifications;
import imageferry.region.Region;
import imageferry.rule.Code;
import imageferry.rule.Result;
import imageferry.snapshot.Blob;
import imageferry.snapshot.Bytes;
import imageferry.snapshot.Faults.Call;
import imageferry.snapshot.StoreRefused;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RetryingCopiesTest {
    private static final int THREE_PARTS = 15 << 20;

    private final InMemoryService service = new InMemoryService();
    private final RetryCopy retrying = service.retrying();

    private Result<CopyId> retry(CopyId copy) {
        return retrying.retry(OWNER, copy.value());
    }

    /** A copy that failed after two of its three parts had arrived. */
    private CopyId failedHalfway(Image source) {
        var copy = service.copying(source);
        var batch = service.begin(copy).getFirst();
        var earlier = service.store.faults().count(Call.COPY_PART);
        service.store.faults().before(Call.COPY_PART, number -> {
            if (number > earlier + 2) {
                throw new StoreRefused("No more");
            }
        });
        service.copyParts(copy, batch);
        service.store.faults().before(Call.COPY_PART, number -> {});
        service.settling.settle(copy, OUTAGE);
        return copy;
    }

    @Test
    void a_retry_is_a_new_copy_with_a_new_image_of_the_same_name() {
        var copy = service.copying(service.image("golden"));
        service.settling.settle(copy, OUTAGE);

        var retry = accepted(retry(copy));
        service.finish(retry);

        var made = service.made(retry);
        assertThat(made.status()).isEqualTo(ImageStatus.AVAILABLE);
        assertThat(made.name()).isEqualTo(service.made(copy).name());
        assertThat(made.id()).isNotEqualTo(service.made(copy).id());
        assertThat(service.copies.require(retry).request().retryOf()).isEqualTo(copy);
        assertThat(service.copies.require(copy).status()).isEqualTo(CopyStatus.FAILED);
    }

    @Test
    void a_retry_takes_over_the_parts_that_have_arrived() {
        var source = service.image("golden", THREE_PARTS);
        var copy = failedHalfway(source);
        var old = service.copies.require(copy);
        var before = service.store.faults().count(Call.COPY_PART);
        assertThat(old.end().resumableUntil()).isEqualTo(service.now().plus(Duration.ofHours(24)));

        var retry = accepted(retry(copy));
        service.finish(retry);

        assertThat(service.copies.require(retry).upload()).isEqualTo(old.upload());
        assertThat(service.made(retry).content().snapshot()).isEqualTo(SnapshotId.madeBy(copy));
        assertThat(service.store.faults().count(Call.COPY_PART) - before).isEqualTo(1);
        assertThat(service.store.read(service.made(retry).blob())).isEqualTo(service.store.read(source.blob()));
        assertThat(service.made(retry).checksum()).isEqualTo(source.checksum());
        assertThat(service.copies.require(copy).end().continuedBy()).isEqualTo(retry);
        assertThat(service.copies.require(copy).end().resumableUntil()).isNull();
    }

    @Test
    void parts_that_a_retry_took_over_are_charged_once() {
        var copy = failedHalfway(service.image("golden", THREE_PARTS));
        assertThat(charged()).isEqualTo(10 << 20);

        var retry = accepted(retry(copy));
        service.begin(retry);
        service.settling.settle(retry, OUTAGE);
        assertThat(charged()).isEqualTo(10 << 20);

        service.finish(accepted(retry(retry)));
        assertThat(charged()).isEqualTo(THREE_PARTS);
    }

    private long charged() {
        var key = new Key("USAGE#" + OWNER.account() + "#2026-01", "MOVED#" + HOME + "#" + AWAY);
        return service.ledger.read(key).orElseThrow().number("bytes");
    }

    @Test
    void a_late_retry_starts_from_the_beginning() {
        var copy = failedHalfway(service.image("golden", THREE_PARTS));
        service.passes(Duration.ofHours(24));

        var retry = accepted(retry(copy));

        assertThat(service.copies.require(retry).upload()).isNull();
        assertThat(service.made(retry).content().snapshot()).isEqualTo(SnapshotId.madeBy(retry));
        assertThat(service.copies.require(copy).end().continuedBy()).isNull();
    }

    @Test
    void a_cancelled_copy_left_nothing_and_is_retried_from_the_start() {
        var copy = service.copying(service.image("golden"));
        service.begin(copy);
        accepted(new CancelCopy(service.ledger, service.visible, service.copies, service.clock)
                .cancel(OWNER, service.made(copy).id().value()));
        service.settling.settle(copy, OUTAGE);

        service.finish(accepted(retry(copy)));

        assertThat(service.store.uploads(AWAY, "snapshots/")).isEmpty();
    }

    @Test
    void two_retries_do_not_share_one_upload() {
        var copy = failedHalfway(service.image("golden", THREE_PARTS));
        accepted(retry(copy));

        assertThat(codes(retry(copy))).containsExactly(Code.IMAGE_NAME_DUPLICATED);
    }

    @Test
    void deleting_the_failed_image_after_a_retry_leaves_the_new_ones_bytes() {
        var copy = failedHalfway(service.image("golden", THREE_PARTS));
        var retry = accepted(retry(copy));
        service.finish(retry);

        accepted(service.deleting().delete(OWNER, service.made(copy).id().value(), false));

        assertThat(service.store.look(service.made(retry).blob())).isPresent();
    }

    @Test
    void an_import_is_retried_with_the_current_upload() {
        var copy = service.importing("golden", THREE_PARTS);
        service.begin(copy);
        service.settling.settle(copy, OUTAGE);
        service.store.put(service.copies.require(copy).source().blob(), Bytes.random(7, 5_000));

        var retry = accepted(retry(copy));
        service.finish(retry);

        assertThat(service.made(retry).content().sizeBytes()).isEqualTo(5_000);
        assertThat(service.copies.require(copy).end().continuedBy()).isNull();
    }

    @Test
    void only_a_copy_that_ended_without_an_image_is_retried() {
        var copy = service.copying(service.image("golden"));
        assertThat(codes(retry(copy))).containsExactly(Code.INCORRECT_COPY_STATUS);

        service.finish(copy);
        assertThat(codes(retry(copy))).containsExactly(Code.INCORRECT_COPY_STATUS);
    }

    @Test
    void a_copy_of_another_account_cannot_be_retried() {
        var copy = service.copying(service.image("golden"));
        service.settling.settle(copy, OUTAGE);

        assertThat(codes(retrying.retry(STRANGER, copy.value()))).containsExactly(Code.COPY_NOT_FOUND);
        assertThat(codes(retrying.retry(OWNER, "no copy"))).containsExactly(Code.COPY_NOT_FOUND);
    }

    @Test
    void the_operator_is_refused_because_the_copy_belongs_to_another_account() {
        var copy = service.copying(service.image("golden"));
        service.settling.settle(copy, OUTAGE);

        assertThat(codes(retrying.retry(OPERATOR, copy.value()))).containsExactly(Code.NOT_OWNER);
    }

    @Test
    void all_rules_hold_for_a_retry_too() {
        var source = service.image("golden");
        var copy = service.copying(source);
        service.settling.settle(copy, OUTAGE);
        service.finish(service.copying(source));

        assertThat(codes(retry(copy))).containsExactly(Code.IMAGE_NAME_DUPLICATED);
        assertThat(service.image(source.id()).uses().copyingTo()).isEmpty();
    }

    @Test
    void a_retry_whose_target_was_deleted_is_refused() {
        var copy = service.importing("golden", 1_000);
        service.settling.settle(copy, OUTAGE);
        accepted(service.deleting().delete(OWNER, service.made(copy).id().value(), false));

        assertThat(codes(retry(copy))).containsExactly(Code.UPLOAD_NOT_RESUMABLE);
        assertThat(service.images.quota(OWNER.account(), HOME)).isEqualTo(new Quota(0, 0, 0));
    }

    @Test
    void a_retry_whose_target_is_still_being_deleted_is_refused() {
        var copy = service.importing("golden", 1_000);
        service.settling.settle(copy, OUTAGE);
        var calls = new Calls();
        calls.plan(Plan.at(3, Fault.before(call -> new LedgerUnavailable("Out of reach"))));
        accepted(service.deleting(calls.around(Ledger.class, service.ledger))
                .delete(OWNER, service.made(copy).id().value(), false));

        assertThat(service.made(copy).status()).isEqualTo(ImageStatus.DELETING);
        assertThat(codes(retry(copy))).containsExactly(Code.UPLOAD_NOT_RESUMABLE);
    }

    @ParameterizedTest
    @ValueSource(strings = {Reason.CORRUPT, Reason.SOURCE_CHANGED, "ImageChecksumMismatch"})
    void bytes_that_are_not_the_expected_ones_are_not_kept_for_a_retry(String code) {
        var copy = service.copying(service.image("golden", THREE_PARTS));
        service.begin(copy);

        service.settling.settle(copy, new Reason(code, "Other bytes"));

        assertThat(service.copies.require(copy).end().resumableUntil()).isNull();
        assertThat(service.store.uploads(AWAY, "snapshots/")).isEmpty();
    }

    @Test
    void a_snapshot_that_was_proven_is_left_to_the_sweeper_when_its_copy_fails_after_all() {
        var copy = service.copying(service.image("golden"));
        for (var batch : service.begin(copy)) {
            service.copyParts(copy, batch);
        }
        new CompleteSnapshotCopy(service.store, service.copies, service.clock).complete(copy);
        var target = service.copies.require(copy).target();
        assertThat(service.store.look(target)).isPresent();

        service.settling.settle(copy, OUTAGE);

        assertThat(service.store.look(target)).isPresent();
        assertThat(service.copies.require(copy).end().resumableUntil()).isNull();
        service.passes(Duration.ofHours(2));
        assertThat(service.sweeping(new RecordedExecutions())
                        .sweep(service.now())
                        .bytes()
                        .quarantined())
                .isEqualTo(1);
    }

    @Test
    void a_retry_takes_over_no_parts_of_a_source_of_another_length() {
        var source = service.image("golden", THREE_PARTS);
        var copy = failedHalfway(source);
        service.store.put(source.blob(), Bytes.random(3, THREE_PARTS - 1));

        var retry = accepted(retry(copy));

        assertThat(service.copies.require(retry).upload()).isNull();
        assertThat(service.copies.require(retry).bytesTotal()).isEqualTo(THREE_PARTS - 1);
    }

    @Test
    void a_retry_of_an_image_whose_bytes_are_gone_is_refused() {
        var source = service.image("golden");
        var copy = service.copying(source);
        service.settling.settle(copy, OUTAGE);
        service.store.delete(source.blob());

        assertThat(codes(retry(copy))).containsExactly(Code.SNAPSHOT_NOT_FOUND);
    }

    @Test
    void a_retry_of_a_deprecated_image_names_every_violation() {
        var source = service.image("golden");
        var copy = service.copying(source);
        service.settling.settle(copy, OUTAGE);
        service.finish(service.copying(source));
        accepted(service.modifying().modify(OWNER, source.id().value(), Modifications.DEPRECATE));

        assertThat(codes(retry(copy))).containsExactly(Code.INCORRECT_IMAGE_STATUS, Code.IMAGE_NAME_DUPLICATED);
    }

    @Test
    void a_retry_of_an_upload_that_is_gone_names_every_violation() {
        var copy = service.importing("golden", 1_000);
        service.settling.settle(copy, OUTAGE);
        service.store.delete(service.copies.require(copy).source().blob());
        assertThat(codes(retry(copy))).containsExactly(Code.IMPORT_KEY_NOT_FOUND);

        service.image("golden");
        assertThat(codes(retry(copy))).containsExactly(Code.IMAGE_NAME_DUPLICATED, Code.IMPORT_KEY_NOT_FOUND);
    }

    @Test
    void a_refusal_says_what_to_request_when_the_target_was_deleted() {
        var copy = service.copying(service.image("golden"));
        service.settling.settle(copy, OUTAGE);
        var target = service.made(copy).id();
        accepted(service.deleting().delete(OWNER, target.value(), false));

        assertThat(violations(retry(copy)).getFirst().detail())
                .isEqualTo("The target image " + target + " of copy " + copy
                        + " was deleted with its name and labels; request a new copy of the source");
    }

    @Test
    void a_source_that_is_deprecated_in_the_moment_before_a_retry_locks_it_is_refused() {
        var source = service.image("golden");
        var copy = service.copying(source);
        service.settling.settle(copy, OUTAGE);
        var overtaken = new BeforeCommit(
                service.ledger,
                () -> accepted(service.modifying().modify(OWNER, source.id().value(), Modifications.DEPRECATE)));

        assertThat(codes(service.retrying(overtaken).retry(OWNER, copy.value())))
                .containsExactly(Code.INCORRECT_IMAGE_STATUS);
    }

    @Test
    void a_retry_is_shared_with_the_same_accounts() {
        var copy = service.copying(service.image("golden"), FRIEND);
        service.settling.settle(copy, OUTAGE);

        assertThat(service.copies.require(accepted(retry(copy))).shareWith()).containsExactly(FRIEND.account());
    }

    @Test
    void a_retry_in_a_region_that_was_disabled_is_refused() {
        var imported = service.importing("silver", 1_000);
        var copy = service.copying(service.image("golden"));
        service.settling.settle(imported, OUTAGE);
        service.settling.settle(copy, OUTAGE);
        var disabled = service.requestingIn(new Region("ap-east-1")).retryCopy();

        assertThat(codes(disabled.retry(OWNER, imported.value()))).containsExactly(Code.INVALID_REGION);
        assertThat(codes(disabled.retry(OWNER, copy.value()))).containsExactly(Code.INVALID_REGION);
    }

    @Test
    void a_copy_that_failed_before_its_first_byte_is_not_charged() {
        var copy = service.copying(service.image("golden"));
        service.begin(copy);

        service.settling.settle(copy, OUTAGE);

        assertThat(service.ledger.read(new Key("USAGE#" + OWNER.account() + "#2026-01", "MOVED#" + HOME + "#" + AWAY)))
                .isEmpty();
    }

    @Test
    void an_upload_of_another_key_that_begins_alike_is_not_aborted() {
        var copy = service.copying(service.image("golden"));
        var target = service.copies.require(copy).target();
        service.store.open(new Blob(AWAY, target.key() + ".other"), Map.of());

        service.settling.settle(copy, OUTAGE);

        assertThat(service.store.uploads(AWAY, target.key())).hasSize(1);
    }
}
