package imageferry.copying.request;

import static imageferry.copying.InMemoryService.ANY_BYTES;
import static imageferry.copying.InMemoryService.HOME;
import static imageferry.copying.InMemoryService.OWNER;
import static imageferry.copying.InMemoryService.accepted;
import static imageferry.copying.InMemoryService.codes;
import static imageferry.copying.InMemoryService.violations;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import imageferry.copying.Claim;
import imageferry.copying.CopyStatus;
import imageferry.copying.InMemoryService;
import imageferry.copying.Reason;
import imageferry.copying.StepResult;
import imageferry.copying.transfer.CompleteSnapshotCopy;
import imageferry.disk.BootMode;
import imageferry.disk.Disk;
import imageferry.disk.Format;
import imageferry.disk.RawDiskBuilder;
import imageferry.id.CopyId;
import imageferry.image.ImageName;
import imageferry.image.ImageStatus;
import imageferry.image.Labels;
import imageferry.ledger.Change;
import imageferry.ledger.Condition;
import imageferry.ledger.Write;
import imageferry.region.Regions;
import imageferry.rule.Code;
import imageferry.rule.Result;
import imageferry.snapshot.Blob;
import imageferry.snapshot.Bytes;
import imageferry.snapshot.Checksum;
import imageferry.snapshot.Faults.Call;
import imageferry.snapshot.Part;
import imageferry.snapshot.StoreRefused;
import imageferry.snapshot.StoreUnavailable;
import imageferry.snapshot.UnreadableObject;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * An import inspects the bytes at the request and again before they are copied, and compares them with the request's
 * values.
 */
class ImportingDisksTest {
    private static final Bytes DISK =
            Bytes.of(RawDiskBuilder.mbr().code().partition(0x80, 0x83, 4096).bytes());
    private static final Bytes NO_DISK = Bytes.random(1, 1_000);
    private static final String OTHER = "VNwhJGxds8F+JFPBJ2b3YB42/0HVsg1ZwerTzHvn85s=";

    private final InMemoryService service = new InMemoryService();
    private final Blob upload = new Blob(HOME, Regions.importPrefix(OWNER.account()) + "disk");
    private final RequestImport importing = service.requestImport();
    private final ValidateCopy validating = service.requesting(service.ledger).validateCopy();
    private final RetryCopy retrying = service.retrying();

    private Result<CopyId> request(Claim claim) {
        return importing.request(
                OWNER,
                new RequestImport.Request(
                        HOME.name(), new ImageName("golden"), upload.key(), claim, Labels.NONE, null));
    }

    private static Claim expecting(String checksum) {
        return new Claim(Format.RAW, checksum);
    }

    @Test
    void the_disks_facts_are_on_the_image_from_the_request_on_and_on_every_copy() {
        service.store.put(upload, DISK);
        var copy = accepted(request(Claim.NONE));
        var disk = new Disk(Format.RAW, RawDiskBuilder.SIZE, BootMode.BIOS);
        assertThat(service.made(copy).content().disk()).isEqualTo(disk);

        assertThat(validating.validate(copy)).isEqualTo(new StepResult.Done<>(ValidateCopy.Route.SLOT));
        service.finish(copy);

        assertThat(service.made(copy).content().disk()).isEqualTo(disk);
        assertThat(service.made(service.copying(service.made(copy))).content().disk())
                .isEqualTo(disk);
    }

    @Test
    void unrecognised_bytes_are_imported_only_with_the_owners_format() {
        service.store.put(upload, NO_DISK);
        assertThat(codes(request(Claim.NONE))).containsExactly(Code.INVALID_IMAGE_FORMAT_UNKNOWN);

        var copy = accepted(request(ANY_BYTES));

        assertThat(service.made(copy).content().disk()).isEqualTo(new Disk(Format.RAW, 1_000, BootMode.NONE));
        assertThat(validating.validate(copy)).isEqualTo(new StepResult.Done<>(ValidateCopy.Route.SLOT));
    }

    @Test
    void a_wrong_format_in_the_request_is_refused() {
        service.store.put(upload, DISK);

        var refused = request(new Claim(Format.QCOW2, null));

        assertThat(violations(refused)).singleElement().satisfies(violation -> {
            assertThat(violation.code()).isEqualTo(Code.INVALID_IMAGE_FORMAT_MISMATCH);
            assertThat(violation.field()).isEqualTo("importKey");
            assertThat(violation.detail())
                    .startsWith(
                            "The object imports/222222222222/disk in us-east-1 is raw, not qcow2 as the request says");
        });
        assertThat(service.records()).isEmpty();
    }

    @Test
    void an_empty_object_is_refused_with_any_format() {
        service.store.put(upload, Bytes.of(new byte[0]));

        assertThat(codes(request(ANY_BYTES))).containsExactly(Code.INVALID_IMAGE_FORMAT_EMPTY);
        assertThat(codes(request(expecting(OTHER + "-1")))).containsExactly(Code.INVALID_IMAGE_FORMAT_EMPTY);
    }

    @Test
    void all_violations_are_reported_at_once() {
        service.image("golden");
        service.store.put(upload, NO_DISK);

        assertThat(codes(request(new Claim(null, OTHER + "-2"))))
                .containsExactly(Code.IMAGE_NAME_DUPLICATED, Code.INVALID_IMAGE_FORMAT_UNKNOWN, Code.CHECKSUM_MISMATCH);
    }

    @Test
    void an_upload_that_is_overwritten_during_its_inspection_is_inspected_again() {
        service.store.put(upload, NO_DISK);
        service.store.faults().before(Call.READ, number -> {
            if (number == 1) {
                service.store.put(upload, DISK);
            }
        });

        assertThat(service.made(accepted(request(Claim.NONE))).content().disk())
                .isEqualTo(new Disk(Format.RAW, RawDiskBuilder.SIZE, BootMode.BIOS));
    }

    @Test
    void an_upload_that_is_overwritten_again_and_again_is_an_outage() {
        service.store.put(upload, DISK);
        service.store.faults().before(Call.READ, number -> service.store.put(upload, DISK));

        assertThatExceptionOfType(StoreUnavailable.class).isThrownBy(() -> request(Claim.NONE));
    }

    @Test
    void an_unreadable_upload_is_refused_with_advice_for_its_owner() {
        service.store.put(upload, DISK);
        service.store.faults().before(Call.READ, number -> {
            throw new StoreRefused("S3 refused to read it: InvalidObjectState");
        });

        assertThat(violations(request(Claim.NONE))).singleElement().satisfies(violation -> {
            assertThat(violation.code()).isEqualTo(Code.INVALID_IMPORT_KEY);
            assertThat(violation.detail()).contains("InvalidObjectState", "storage class");
        });
    }

    @Test
    void bytes_that_another_release_accepted_are_refused_before_they_are_copied() {
        service.store.put(upload, NO_DISK);
        var copy = accepted(request(ANY_BYTES));
        service.ledger.commit(List.of(Write.update(
                InMemoryService.recordOf(copy), Condition.exists(), List.of(Change.remove("claimedFormat")))));

        assertThat(validating.validate(copy))
                .isInstanceOfSatisfying(
                        StepResult.Refused.class,
                        refused -> assertThat(refused.reason().code()).isEqualTo("InvalidImageFormat.Unknown"));
    }

    @Test
    void bytes_that_change_during_the_second_inspection_are_another_source() {
        service.store.put(upload, DISK);
        var copy = accepted(request(Claim.NONE));
        service.store.faults().before(Call.READ, number -> service.store.put(upload, NO_DISK));

        assertThat(validating.validate(copy))
                .isInstanceOfSatisfying(
                        StepResult.Refused.class,
                        refused -> assertThat(refused.reason().code()).isEqualTo(Reason.SOURCE_CHANGED));
    }

    @Test
    void a_checksum_of_other_parts_than_planned_is_refused_at_once() {
        service.store.put(upload, Bytes.random(2, 20 << 20));

        assertThat(violations(request(expecting(OTHER + "-2")))).singleElement().satisfies(violation -> {
            assertThat(violation.code()).isEqualTo(Code.CHECKSUM_MISMATCH);
            assertThat(violation.field()).isEqualTo("expectedChecksum");
            assertThat(violation.detail())
                    .contains(
                            "in parts of 5,242,880 bytes, which makes 4",
                            "./imageferry checksum --part-size 5242880 FILE");
        });
    }

    @Test
    void the_sentence_is_the_same_in_every_locale() {
        service.store.put(upload, Bytes.random(2, 20 << 20));
        var before = Locale.getDefault();
        Locale.setDefault(Locale.GERMANY);
        try {
            assertThat(violations(request(expecting(OTHER + "-2"))))
                    .singleElement()
                    .satisfies(violation -> assertThat(violation.detail())
                            .contains("the object of 20,971,520 bytes is imported in parts of 5,242,880 bytes"));
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void a_plain_sha256_is_compared_with_the_stores_own() {
        service.store.putWithSha256(upload, DISK);
        var base64 = DISK.sha256();
        var hex = HexFormat.of().formatHex(Base64.getDecoder().decode(base64));

        assertThat(violations(request(expecting(OTHER)))).singleElement().satisfies(violation -> {
            assertThat(violation.code()).isEqualTo(Code.CHECKSUM_MISMATCH);
            assertThat(violation.detail())
                    .isEqualTo("The SHA-256 of the object imports/222222222222/disk in us-east-1 is " + base64
                            + ", not the expected " + OTHER + "; upload the disk again");
        });
        service.finish(accepted(request(expecting(hex.toUpperCase(Locale.ROOT)))));
    }

    @Test
    void a_plain_sha256_is_returned_as_it_was_given() {
        service.store.putWithSha256(upload, DISK);
        var found = HexFormat.of().formatHex(Base64.getDecoder().decode(DISK.sha256()));
        var given = "0a".repeat(32);

        assertThat(violations(request(expecting(given)))).singleElement().satisfies(violation -> {
            assertThat(violation.value()).isEqualTo(given);
            assertThat(violation.detail()).contains(" is " + found + ", not the expected " + given + ";");
        });
        assertThat(violations(request(expecting(given.toUpperCase(Locale.ROOT)))))
                .singleElement()
                .satisfies(violation -> assertThat(violation.detail())
                        .contains(" is " + found.toUpperCase(Locale.ROOT) + ", not the expected 0A0A"));
    }

    @Test
    void a_plain_sha256_that_cannot_be_compared_is_returned_as_it_was_given() {
        service.store.put(upload, DISK);
        var given = "0a".repeat(32);

        assertThat(violations(request(expecting(given))))
                .singleElement()
                .satisfies(violation -> assertThat(violation.value()).isEqualTo(given));
    }

    @Test
    void a_plain_sha256_is_refused_with_a_command_when_the_store_has_none() {
        service.store.put(upload, DISK);

        assertThat(violations(request(expecting(DISK.sha256()))))
                .singleElement()
                .satisfies(violation -> {
                    assertThat(violation.code()).isEqualTo(Code.INVALID_PARAMETER);
                    assertThat(violation.field()).isEqualTo("expectedChecksum");
                    assertThat(violation.detail())
                            .isEqualTo("A plain SHA-256 cannot be compared: S3 has none of the whole object"
                                    + " imports/222222222222/disk in us-east-1, and no byte of an import passes through a"
                                    + " function. Give the output of ./imageferry checksum --part-size 5242880 FILE, or upload"
                                    + " the disk in one PUT with --checksum-algorithm SHA256 (at most 5 GiB)");
                });
    }

    @Test
    void a_disk_that_is_overwritten_while_its_sha256_is_read_is_inspected_again() {
        service.store.putWithSha256(upload, DISK);
        var looks = service.store.faults().count(Call.LOOK);
        service.store.faults().before(Call.LOOK, number -> {
            if (number == looks + 2) {
                service.store.put(upload, NO_DISK);
            }
        });

        assertThat(codes(request(expecting(DISK.sha256())))).containsExactly(Code.INVALID_PARAMETER);
    }

    @ParameterizedTest
    @MethodSource
    void a_key_that_s3_or_a_url_cannot_contain_is_refused_before_any_call(String key, String why) {
        var looks = service.store.faults().count(Call.LOOK);

        var refused = importing.request(
                OWNER,
                new RequestImport.Request(
                        HOME.name(),
                        new ImageName("golden"),
                        "imports/222222222222/" + key,
                        Claim.NONE,
                        Labels.NONE,
                        null));

        assertThat(codes(refused)).containsExactly(Code.INVALID_IMPORT_KEY);
        assertThat(violations(refused).getFirst().detail()).contains(why);
        assertThat(service.store.faults().count(Call.LOOK)).isEqualTo(looks);
    }

    static Stream<Arguments> a_key_that_s3_or_a_url_cannot_contain_is_refused_before_any_call() {
        return Stream.of(
                arguments("a\0b", "has the control character U+0000"),
                arguments("a\u007fb", "has the control character U+007F"),
                arguments("\ud83d\udc27".repeat(251), "has 1,025 bytes of UTF-8; S3 allows at most 1,024"),
                arguments("../333333333333/disk", "has a part that is . or .."),
                arguments("a/./b", "has a part that is . or .."),
                arguments("", "is not under your prefix"));
    }

    @Test
    void bytes_with_the_expected_checksum_become_an_image_that_has_it() {
        service.store.put(upload, DISK);
        var first = accepted(request(Claim.NONE));
        service.finish(first);
        var checksum = service.made(first).checksum();
        service.store.put(upload, DISK);

        var second = accepted(importing.request(
                OWNER,
                new RequestImport.Request(
                        HOME.name(),
                        new ImageName("second"),
                        upload.key(),
                        new Claim(null, checksum.value()),
                        Labels.NONE,
                        null)));
        service.finish(second);

        assertThat(service.made(second).checksum()).isEqualTo(checksum);
        assertThat(service.made(second).status()).isEqualTo(ImageStatus.AVAILABLE);
    }

    @Test
    void bytes_with_another_checksum_fail_the_import_and_are_removed() {
        service.store.put(upload, DISK);
        var copy = accepted(request(expecting(OTHER + "-1")));

        fail(copy);

        var failed = service.copies.require(copy);
        assertThat(failed.status()).isEqualTo(CopyStatus.FAILED);
        assertThat(failed.reason().code()).isEqualTo("ImageChecksumMismatch");
        assertThat(failed.reason().detail())
                .contains("in parts of 5,242,880 bytes", "not the expected " + OTHER + "-1");
        assertThat(failed.end().resumableUntil()).isNull();
        assertThat(service.store.list(HOME, Blob.SNAPSHOTS)).isEmpty();
        assertThat(service.store.uploads(HOME, "")).isEmpty();
        assertThat(service.store.look(upload)).isPresent();
        assertThat(service.made(copy).status()).isEqualTo(ImageStatus.CREATE_FAILED);
    }

    @Test
    void a_lost_answer_of_the_completion_does_not_let_another_checksum_through() {
        service.store.put(upload, DISK);
        var copy = accepted(request(expecting(OTHER + "-1")));
        var batch = service.begin(copy).getFirst();
        service.copyParts(copy, batch);
        var begun = service.copies.require(copy);
        service.store.complete(
                begun.target(),
                begun.upload(),
                service.store.uploadedParts(begun.target(), begun.upload()),
                RawDiskBuilder.SIZE);

        assertThat(new CompleteSnapshotCopy(service.store, service.copies, service.clock).complete(copy))
                .isInstanceOfSatisfying(
                        StepResult.Corrupt.class,
                        corrupt -> assertThat(corrupt.reason().code()).isEqualTo(Reason.CHECKSUM_MISMATCH));
    }

    @Test
    void a_retry_expects_the_same_checksum_of_the_current_upload() {
        service.store.put(upload, NO_DISK);
        var expected = Checksum.of(List.of(new Part(1, RawDiskBuilder.SIZE, DISK.sha256(), "")), 5 << 20);
        var copy = accepted(request(expecting(expected.value())));
        fail(copy);
        assertThat(service.copies.require(copy).reason().code()).isEqualTo(Reason.CHECKSUM_MISMATCH);

        service.store.put(upload, DISK);
        var retry = accepted(retrying.retry(OWNER, copy.value()));
        service.finish(retry);

        assertThat(service.made(retry).checksum()).isEqualTo(expected);
        assertThat(service.made(retry).content().disk())
                .isEqualTo(new Disk(Format.RAW, RawDiskBuilder.SIZE, BootMode.BIOS));
    }

    @Test
    void a_retry_inspects_the_current_upload() {
        service.store.put(upload, DISK);
        var copy = accepted(request(Claim.NONE));
        service.settling.settle(copy, InMemoryService.OUTAGE);
        service.store.put(upload, NO_DISK);

        assertThat(codes(retrying.retry(OWNER, copy.value()))).containsExactly(Code.INVALID_IMAGE_FORMAT_UNKNOWN);
    }

    /** Runs the workflow as the state machine does when the completion finds wrong bytes. */
    private void fail(CopyId copy) {
        for (var batch : service.begin(copy)) {
            service.copyParts(copy, batch);
        }
        var completed = new CompleteSnapshotCopy(service.store, service.copies, service.clock).complete(copy);
        assertThat(completed).isInstanceOf(StepResult.Corrupt.class);
        service.settling.settle(copy, ((StepResult.Corrupt<Checksum>) completed).reason());
    }

    @Test
    void an_upload_under_the_uploader_s_key_is_refused_with_advice_for_its_owner() {
        service.store.put(upload, DISK);
        service.store.faults().before(Call.LOOK, number -> {
            throw new UnreadableObject("S3 refused to look at it: no code (HTTP 400)");
        });

        var violation = violations(request(Claim.NONE)).getFirst();

        assertThat(violation.code()).isEqualTo(Code.INVALID_IMPORT_KEY);
        assertThat(violation.detail()).contains("without an encryption key of your own");
    }

    @Test
    void an_upload_that_is_replaced_under_the_uploader_s_key_is_another_source() {
        service.store.put(upload, DISK);
        var copy = accepted(request(Claim.NONE));
        service.store.faults().before(Call.LOOK, number -> {
            throw new UnreadableObject("S3 refused to look at it: no code (HTTP 400)");
        });

        assertThat(validating.validate(copy))
                .isInstanceOfSatisfying(
                        StepResult.Refused.class,
                        refused -> assertThat(refused.reason().code()).isEqualTo(Reason.SOURCE_CHANGED));
    }

    @Test
    void an_imported_upload_that_is_gone_is_reported_with_its_image() {
        assertThat(violations(request(Claim.NONE)).getFirst().detail()).endsWith("; upload the disk first");
        service.store.put(upload, DISK);
        var copy = accepted(request(Claim.NONE));
        service.finish(copy);
        var image = service.made(copy).id();

        assertThat(violations(request(Claim.NONE)).stream()
                        .filter(violation -> violation.code() == Code.IMPORT_KEY_NOT_FOUND)
                        .findFirst()
                        .orElseThrow()
                        .detail())
                .isEqualTo("There is no object " + upload + ": it was imported as image " + image
                        + " and then removed; use the image, or upload the disk again");

        accepted(service.deleting().delete(OWNER, image.value(), false));
        assertThat(violations(request(Claim.NONE)).getFirst().detail())
                .contains("imported as image " + image + ", which was deleted");
    }

    @Test
    void a_retry_names_the_image_that_another_import_made_of_the_upload() {
        service.store.put(upload, DISK);
        var failed = accepted(request(Claim.NONE));
        service.settling.settle(failed, InMemoryService.OUTAGE);
        var copy = accepted(request(Claim.NONE));
        service.finish(copy);

        var refused = retrying.retry(OWNER, failed.value());

        assertThat(violations(refused).getLast().detail())
                .contains("it was imported as image " + service.made(copy).id());
    }

    @Test
    void an_upload_is_kept_on_request_also_after_a_retry() {
        service.store.put(upload, DISK);
        var kept = new RequestImport.Request(
                HOME.name(), new ImageName("golden"), upload.key(), Claim.NONE, Labels.NONE, true, null);
        var failed = accepted(importing.request(OWNER, kept));
        service.settling.settle(failed, InMemoryService.OUTAGE);

        service.finish(accepted(retrying.retry(OWNER, failed.value())));

        assertThat(service.store.look(upload)).isPresent();
    }

    @Test
    void a_key_may_have_spaces_and_1024_bytes() {
        var prefix = Regions.importPrefix(OWNER.account());
        assertThat(ImportKey.requiresImportable(OWNER.account(), prefix + "my disk"))
                .isEmpty();
        assertThat(ImportKey.requiresImportable(OWNER.account(), prefix + "x".repeat(1024 - prefix.length())))
                .isEmpty();
    }

    @Test
    void a_refused_key_of_up_to_128_characters_is_shown_whole() {
        var shown = "x".repeat(128);

        assertThat(ImportKey.requiresImportable(OWNER.account(), shown))
                .hasValueSatisfying(refused -> assertThat(refused.value()).isEqualTo(shown));
        assertThat(ImportKey.requiresImportable(OWNER.account(), shown + "x"))
                .hasValueSatisfying(refused -> assertThat(refused.value()).isEqualTo("x".repeat(64) + "…"));
    }
}
