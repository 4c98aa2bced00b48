package imageferry.copying.request;

import static imageferry.copying.Ferry.AWAY;
import static imageferry.copying.Ferry.FRIEND;
import static imageferry.copying.Ferry.HOME;
import static imageferry.copying.Ferry.OPERATOR;
import static imageferry.copying.Ferry.OUTAGE;
import static imageferry.copying.Ferry.OWNER;
import static imageferry.copying.Ferry.STRANGER;
import static imageferry.copying.Ferry.accepted;
import static imageferry.copying.Ferry.codes;
import static imageferry.copying.Ferry.violations;
import static org.assertj.core.api.Assertions.assertThat;

import imageferry.copying.CopyStatus;
import imageferry.copying.Ferry;
import imageferry.copying.Reason;
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
import imageferry.region.Regions;
import imageferry.removal.DeleteImage;
import imageferry.rule.Code;
import imageferry.rule.Result;
import imageferry.snapshot.Blob;
import imageferry.snapshot.Bytes;
import imageferry.snapshot.Faults.Call;
import imageferry.snapshot.StoreRefused;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RetryingCopiesTest {
    private static final int THREE_PARTS = 15 << 20;

    private final Ferry ferry = new Ferry();
    private final RetryCopy retrying = ferry.retrying();

    private Result<CopyId> retry(CopyId copy) {
        return retrying.retry(OWNER, copy.value());
    }

    /** A copy that failed after two of its three parts had arrived. */
    private CopyId failedHalfway(Image source) {
        var copy = ferry.copying(source);
        var batch = ferry.begin(copy).getFirst();
        var earlier = ferry.store.faults().count(Call.COPY_PART);
        ferry.store.faults().before(Call.COPY_PART, number -> {
            if (number > earlier + 2) {
                throw new StoreRefused("No more");
            }
        });
        ferry.copyParts(copy, batch);
        ferry.store.faults().before(Call.COPY_PART, number -> {});
        ferry.settling.settle(copy, OUTAGE);
        return copy;
    }

    @Test
    void a_retry_is_a_new_copy_with_a_new_image_of_the_same_name() {
        var copy = ferry.copying(ferry.image("golden"));
        ferry.settling.settle(copy, OUTAGE);

        var retry = accepted(retry(copy));
        ferry.finish(retry);

        var made = ferry.made(retry);
        assertThat(made.status()).isEqualTo(ImageStatus.AVAILABLE);
        assertThat(made.name()).isEqualTo(ferry.made(copy).name());
        assertThat(made.id()).isNotEqualTo(ferry.made(copy).id());
        assertThat(ferry.copies.require(retry).request().retryOf()).isEqualTo(copy);
        assertThat(ferry.copies.require(copy).status()).isEqualTo(CopyStatus.FAILED);
    }

    @Test
    void a_retry_takes_over_the_parts_that_have_arrived() {
        var source = ferry.image("golden", THREE_PARTS);
        var copy = failedHalfway(source);
        var old = ferry.copies.require(copy);
        var before = ferry.store.faults().count(Call.COPY_PART);
        assertThat(old.end().resumableUntil()).isEqualTo(ferry.now().plus(Duration.ofHours(24)));

        var retry = accepted(retry(copy));
        ferry.finish(retry);

        assertThat(ferry.copies.require(retry).upload()).isEqualTo(old.upload());
        assertThat(ferry.made(retry).content().snapshot()).isEqualTo(SnapshotId.madeBy(copy));
        assertThat(ferry.store.faults().count(Call.COPY_PART) - before).isEqualTo(1);
        assertThat(ferry.store.read(ferry.made(retry).blob())).isEqualTo(ferry.store.read(source.blob()));
        assertThat(ferry.made(retry).checksum()).isEqualTo(source.checksum());
        assertThat(ferry.copies.require(copy).end().continuedBy()).isEqualTo(retry);
        assertThat(ferry.copies.require(copy).end().resumableUntil()).isNull();
    }

    @Test
    void parts_that_a_retry_took_over_are_charged_once() {
        var copy = failedHalfway(ferry.image("golden", THREE_PARTS));
        assertThat(charged()).isEqualTo(10 << 20);

        var retry = accepted(retry(copy));
        ferry.begin(retry);
        ferry.settling.settle(retry, OUTAGE);
        assertThat(charged()).isEqualTo(10 << 20);

        ferry.finish(accepted(retry(retry)));
        assertThat(charged()).isEqualTo(THREE_PARTS);
    }

    private long charged() {
        var key = new Key("USAGE#" + OWNER.account() + "#2026-01", "MOVED#" + HOME + "#" + AWAY);
        return ferry.ledger.read(key).orElseThrow().number("bytes");
    }

    @Test
    void a_late_retry_starts_from_the_beginning() {
        var copy = failedHalfway(ferry.image("golden", THREE_PARTS));
        ferry.passes(Duration.ofHours(24));

        var retry = accepted(retry(copy));

        assertThat(ferry.copies.require(retry).upload()).isNull();
        assertThat(ferry.made(retry).content().snapshot()).isEqualTo(SnapshotId.madeBy(retry));
        assertThat(ferry.copies.require(copy).end().continuedBy()).isNull();
    }

    @Test
    void a_cancelled_copy_left_nothing_and_is_retried_from_the_start() {
        var copy = ferry.copying(ferry.image("golden"));
        ferry.begin(copy);
        accepted(new CancelCopy(ferry.ledger, ferry.visible, ferry.copies, ferry.clock)
                .cancel(OWNER, ferry.made(copy).id().value()));
        ferry.settling.settle(copy, OUTAGE);

        ferry.finish(accepted(retry(copy)));

        assertThat(ferry.store.uploads(AWAY, "snapshots/")).isEmpty();
    }

    @Test
    void two_retries_do_not_share_one_upload() {
        var copy = failedHalfway(ferry.image("golden", THREE_PARTS));
        accepted(retry(copy));

        assertThat(codes(retry(copy))).containsExactly(Code.IMAGE_NAME_DUPLICATED);
    }

    @Test
    void deleting_the_failed_image_after_a_retry_leaves_the_new_ones_bytes() {
        var copy = failedHalfway(ferry.image("golden", THREE_PARTS));
        var retry = accepted(retry(copy));
        ferry.finish(retry);

        accepted(new DeleteImage(
                        ferry.ledger, ferry.images, ferry.shares, ferry.visible, ferry.copies, ferry.store, ferry.clock)
                .delete(OWNER, ferry.made(copy).id().value(), false));

        assertThat(ferry.store.look(ferry.made(retry).blob())).isPresent();
    }

    @Test
    void an_import_is_retried_with_the_current_upload() {
        var copy = ferry.importing("golden", THREE_PARTS);
        ferry.begin(copy);
        ferry.settling.settle(copy, OUTAGE);
        ferry.store.put(ferry.copies.require(copy).source().blob(), Bytes.random(7, 5_000));

        var retry = accepted(retry(copy));
        ferry.finish(retry);

        assertThat(ferry.made(retry).content().sizeBytes()).isEqualTo(5_000);
        assertThat(ferry.copies.require(copy).end().continuedBy()).isNull();
    }

    @Test
    void only_a_copy_that_ended_without_an_image_is_retried() {
        var copy = ferry.copying(ferry.image("golden"));
        assertThat(codes(retry(copy))).containsExactly(Code.INCORRECT_COPY_STATUS);

        ferry.finish(copy);
        assertThat(codes(retry(copy))).containsExactly(Code.INCORRECT_COPY_STATUS);
    }

    @Test
    void a_copy_of_another_account_cannot_be_retried() {
        var copy = ferry.copying(ferry.image("golden"));
        ferry.settling.settle(copy, OUTAGE);

        assertThat(codes(retrying.retry(STRANGER, copy.value()))).containsExactly(Code.COPY_NOT_FOUND);
        assertThat(codes(retrying.retry(OWNER, "no copy"))).containsExactly(Code.COPY_NOT_FOUND);
    }

    @Test
    void the_operator_is_refused_because_the_copy_belongs_to_another_account() {
        var copy = ferry.copying(ferry.image("golden"));
        ferry.settling.settle(copy, OUTAGE);

        assertThat(codes(retrying.retry(OPERATOR, copy.value()))).containsExactly(Code.NOT_OWNER);
    }

    @Test
    void all_rules_hold_for_a_retry_too() {
        var source = ferry.image("golden");
        var copy = ferry.copying(source);
        ferry.settling.settle(copy, OUTAGE);
        ferry.finish(ferry.copying(source));

        assertThat(codes(retry(copy))).containsExactly(Code.IMAGE_NAME_DUPLICATED);
        assertThat(ferry.image(source.id()).uses().copyingTo()).isEmpty();
    }

    @Test
    void a_retry_whose_target_was_deleted_is_refused() {
        var copy = ferry.importing("golden", 1_000);
        ferry.settling.settle(copy, OUTAGE);
        accepted(new DeleteImage(
                        ferry.ledger, ferry.images, ferry.shares, ferry.visible, ferry.copies, ferry.store, ferry.clock)
                .delete(OWNER, ferry.made(copy).id().value(), false));

        assertThat(codes(retry(copy))).containsExactly(Code.UPLOAD_NOT_RESUMABLE);
        assertThat(ferry.images.quota(OWNER.account(), HOME)).isEqualTo(new Quota(0, 0));
    }

    @Test
    void a_retry_whose_target_is_still_being_deleted_is_refused() {
        var copy = ferry.importing("golden", 1_000);
        ferry.settling.settle(copy, OUTAGE);
        var calls = new Calls();
        calls.plan(Plan.at(2, Fault.before(call -> new LedgerUnavailable("Out of reach"))));
        accepted(new DeleteImage(
                        calls.around(Ledger.class, ferry.ledger),
                        ferry.images,
                        ferry.shares,
                        ferry.visible,
                        ferry.copies,
                        ferry.store,
                        ferry.clock)
                .delete(OWNER, ferry.made(copy).id().value(), false));

        assertThat(ferry.made(copy).status()).isEqualTo(ImageStatus.DELETING);
        assertThat(codes(retry(copy))).containsExactly(Code.UPLOAD_NOT_RESUMABLE);
    }

    @ParameterizedTest
    @ValueSource(strings = {Reason.CORRUPT, Reason.SOURCE_CHANGED, "ImageChecksumMismatch"})
    void bytes_that_are_not_the_expected_ones_are_not_kept_for_a_retry(String code) {
        var copy = ferry.copying(ferry.image("golden", THREE_PARTS));
        ferry.begin(copy);

        ferry.settling.settle(copy, new Reason(code, "Other bytes"));

        assertThat(ferry.copies.require(copy).end().resumableUntil()).isNull();
        assertThat(ferry.store.uploads(AWAY, "snapshots/")).isEmpty();
    }

    @Test
    void a_snapshot_that_was_proven_is_removed_when_its_copy_fails_after_all() {
        var copy = ferry.copying(ferry.image("golden"));
        for (var batch : ferry.begin(copy)) {
            ferry.copyParts(copy, batch);
        }
        new CompleteSnapshotCopy(ferry.store, ferry.copies, ferry.clock).complete(copy);
        var target = ferry.copies.require(copy).target();
        assertThat(ferry.store.look(target)).isPresent();

        ferry.settling.settle(copy, OUTAGE);

        assertThat(ferry.store.look(target)).isEmpty();
        assertThat(ferry.copies.require(copy).end().resumableUntil()).isNull();
    }

    @Test
    void a_retry_takes_over_no_parts_of_a_source_of_another_length() {
        var source = ferry.image("golden", THREE_PARTS);
        var copy = failedHalfway(source);
        ferry.store.put(source.blob(), Bytes.random(3, THREE_PARTS - 1));

        var retry = accepted(retry(copy));

        assertThat(ferry.copies.require(retry).upload()).isNull();
        assertThat(ferry.copies.require(retry).bytesTotal()).isEqualTo(THREE_PARTS - 1);
    }

    @Test
    void a_retry_of_an_image_whose_bytes_are_gone_is_refused() {
        var source = ferry.image("golden");
        var copy = ferry.copying(source);
        ferry.settling.settle(copy, OUTAGE);
        ferry.store.delete(source.blob());

        assertThat(codes(retry(copy))).containsExactly(Code.SNAPSHOT_NOT_FOUND);
    }

    @Test
    void a_retry_of_a_deprecated_image_names_every_violation() {
        var source = ferry.image("golden");
        var copy = ferry.copying(source);
        ferry.settling.settle(copy, OUTAGE);
        ferry.finish(ferry.copying(source));
        accepted(ferry.modifying().modify(OWNER, source.id().value(), Modifications.DEPRECATE));

        assertThat(codes(retry(copy))).containsExactly(Code.INCORRECT_IMAGE_STATUS, Code.IMAGE_NAME_DUPLICATED);
    }

    @Test
    void a_retry_of_an_upload_that_is_gone_names_every_violation() {
        var copy = ferry.importing("golden", 1_000);
        ferry.settling.settle(copy, OUTAGE);
        ferry.store.delete(ferry.copies.require(copy).source().blob());
        assertThat(codes(retry(copy))).containsExactly(Code.IMPORT_KEY_NOT_FOUND);

        ferry.image("golden");
        assertThat(codes(retry(copy))).containsExactly(Code.IMAGE_NAME_DUPLICATED, Code.IMPORT_KEY_NOT_FOUND);
    }

    @Test
    void a_refusal_says_what_to_request_when_the_target_was_deleted() {
        var copy = ferry.copying(ferry.image("golden"));
        ferry.settling.settle(copy, OUTAGE);
        var target = ferry.made(copy).id();
        accepted(new DeleteImage(
                        ferry.ledger, ferry.images, ferry.shares, ferry.visible, ferry.copies, ferry.store, ferry.clock)
                .delete(OWNER, target.value(), false));

        assertThat(violations(retry(copy)).getFirst().detail())
                .isEqualTo("The target image " + target + " of copy " + copy
                        + " was deleted with its name and labels; request a new copy of the source");
    }

    @Test
    void a_source_that_is_deprecated_in_the_moment_before_a_retry_locks_it_is_refused() {
        var source = ferry.image("golden");
        var copy = ferry.copying(source);
        ferry.settling.settle(copy, OUTAGE);
        var overtaken = new BeforeCommit(
                ferry.ledger,
                () -> accepted(ferry.modifying().modify(OWNER, source.id().value(), Modifications.DEPRECATE)));

        assertThat(codes(ferry.retrying(overtaken).retry(OWNER, copy.value())))
                .containsExactly(Code.INCORRECT_IMAGE_STATUS);
    }

    @Test
    void a_retry_is_shared_with_the_same_accounts() {
        var copy = ferry.copying(ferry.image("golden"), FRIEND);
        ferry.settling.settle(copy, OUTAGE);

        assertThat(ferry.copies.require(accepted(retry(copy))).shareWith()).containsExactly(FRIEND.account());
    }

    @Test
    void a_retry_in_a_region_that_was_disabled_is_refused() {
        var imported = ferry.importing("silver", 1_000);
        var copy = ferry.copying(ferry.image("golden"));
        ferry.settling.settle(imported, OUTAGE);
        ferry.settling.settle(copy, OUTAGE);
        var elsewhere = new Regions(OPERATOR.account(), List.of(new Region("ap-east-1")));
        var disabled = new RequestWiring(
                        ferry.ledger, ferry.store, elsewhere, ferry.planner, ferry.limits, ferry.clock, ferry.ids)
                .retryCopy();

        assertThat(codes(disabled.retry(OWNER, imported.value()))).containsExactly(Code.INVALID_REGION);
        assertThat(codes(disabled.retry(OWNER, copy.value()))).containsExactly(Code.INVALID_REGION);
    }

    @Test
    void a_copy_that_failed_before_its_first_byte_is_not_charged() {
        var copy = ferry.copying(ferry.image("golden"));
        ferry.begin(copy);

        ferry.settling.settle(copy, OUTAGE);

        assertThat(ferry.ledger.read(new Key("USAGE#" + OWNER.account() + "#2026-01", "MOVED#" + HOME + "#" + AWAY)))
                .isEmpty();
    }

    @Test
    void an_upload_of_another_key_that_begins_alike_is_not_aborted() {
        var copy = ferry.copying(ferry.image("golden"));
        var target = ferry.copies.require(copy).target();
        ferry.store.open(new Blob(AWAY, target.key() + ".other"));

        ferry.settling.settle(copy, OUTAGE);

        assertThat(ferry.store.uploads(AWAY, target.key())).hasSize(1);
    }
}
