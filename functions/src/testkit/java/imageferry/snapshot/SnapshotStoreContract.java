package imageferry.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import imageferry.region.Region;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The contract of every snapshot store. Each test has keys of its own, so that stores may be shared. */
public abstract class SnapshotStoreContract {
    private static final Region HOME = new Region("us-east-1");
    private static final Region FAR = new Region("eu-west-1");
    private static final int MIB = 1 << 20;
    private static final int PART = 5 * MIB;

    private final String name = "snapshots/" + UUID.randomUUID();
    private final Blob source = new Blob(HOME, name);
    private final Blob target = new Blob(FAR, name);

    protected abstract SnapshotStore store();

    /** Stores bytes as a plain upload does. */
    protected abstract void put(Blob blob, Bytes bytes);

    /** Stores bytes as a plain upload that requests S3's own SHA-256. */
    protected abstract void putWithSha256(Blob blob, Bytes bytes);

    protected abstract byte[] read(Blob blob);

    /** Returns whether an S3 that compares ETags on deletion is beneath. One that does not must keep the object. */
    protected boolean deletesOnCondition() {
        return true;
    }

    @Test
    void an_object_that_was_never_stored_is_absent() {
        assertThat(store().look(source)).isEmpty();
        assertThat(store().parts(source, 1)).isEmpty();
        assertThat(store().list(HOME, name)).isEmpty();
        assertThat(store().uploads(HOME, name)).isEmpty();
    }

    @Test
    void an_object_is_found_by_its_key_and_by_its_prefix_in_its_region_alone() {
        put(source, Bytes.random(1, 100));

        assertThat(store().look(source)).get().extracting(BlobFacts::sizeBytes).isEqualTo(100L);
        assertThat(store().look(target)).isEmpty();
        assertThat(store().list(HOME, name)).extracting(StoredBlob::blob).containsExactly(source);
        assertThat(store().list(HOME, name)).extracting(StoredBlob::sizeBytes).containsExactly(100L);
        assertThat(store().list(FAR, name)).isEmpty();
    }

    @Test
    void a_plain_upload_has_a_sha256_of_the_whole_only_on_request() {
        var bytes = Bytes.random(4, 100);
        put(source, bytes);
        putWithSha256(target, bytes);
        var with = store().look(target).orElseThrow().eTag();
        var without = store().look(source).orElseThrow().eTag();

        assertThat(store().wholeSha256(target, with)).hasValue(bytes.sha256());
        assertThat(store().wholeSha256(source, without)).isEmpty();
        assertThatExceptionOfType(SourceChanged.class)
                .isThrownBy(() -> store().wholeSha256(target, "\"0123456789abcdef0123456789abcdef\""));
    }

    @Test
    void any_range_of_an_object_is_read_also_of_a_small_one() {
        var bytes = Bytes.random(2, 6 * MIB);
        put(source, bytes);
        put(target, bytes.slice(0, 99));
        var large = store().look(source).orElseThrow().eTag();
        var small = store().look(target).orElseThrow().eTag();

        assertThat(store().read(source, large, 0, 1))
                .isEqualTo(bytes.slice(0, 0).copy());
        assertThat(store().read(source, large, 3 * MIB + 1, 2 * MIB))
                .isEqualTo(bytes.slice(3 * MIB + 1, 5 * MIB).copy());
        assertThat(store().read(source, large, 6 * MIB - 7, 7))
                .isEqualTo(bytes.slice(6 * MIB - 7, 6 * MIB - 1).copy());
        assertThat(store().read(target, small, 0, 100))
                .isEqualTo(bytes.slice(0, 99).copy());
    }

    @Test
    void an_object_that_was_overwritten_or_deleted_is_not_read() {
        put(source, Bytes.random(2, 100));
        var eTag = store().look(source).orElseThrow().eTag();

        put(source, Bytes.random(3, 100));
        assertThatExceptionOfType(SourceChanged.class).isThrownBy(() -> store().read(source, eTag, 0, 10));
        store().delete(source);
        assertThatExceptionOfType(SourceChanged.class).isThrownBy(() -> store().read(source, eTag, 0, 10));
    }

    @Test
    void objects_are_listed_in_pages_in_the_order_of_their_keys() {
        var names = Stream.of("2", "a", "b")
                .map(last -> new Blob(HOME, source.key() + "/" + last))
                .toList();
        names.reversed().forEach(blob -> put(blob, Bytes.random(1, 10)));

        var first = store().list(HOME, source.key() + "/", source.key() + "/", 2);
        var second = store().list(HOME, source.key() + "/", names.get(1).key(), 2);
        var between = store().list(HOME, source.key() + "/", names.getFirst().key() + "x", 1);

        assertThat(first).extracting(StoredBlob::blob).isEqualTo(names.subList(0, 2));
        assertThat(second).extracting(StoredBlob::blob).containsExactly(names.getLast());
        assertThat(between).extracting(StoredBlob::blob).containsExactly(names.get(1));
    }

    @Test
    void an_object_has_its_latest_tags_and_an_absent_one_has_none() {
        put(source, Bytes.random(2, 100));
        assertThat(store().tags(source)).isEmpty();

        store().tag(source, Map.of("imageferry-name", "golden", "team", "platform+ops", "empty", ""));
        assertThat(store().tags(source))
                .isEqualTo(Map.of("imageferry-name", "golden", "team", "platform+ops", "empty", ""));

        store().tag(source, Map.of("team", "a b/c"));
        assertThat(store().tags(source)).isEqualTo(Map.of("team", "a b/c"));

        store().tag(target, Map.of("team", "none"));
        assertThat(store().tags(target)).isEmpty();
        assertThat(store().look(target)).isEmpty();
    }

    @Test
    void tags_do_not_change_an_objects_identity() {
        put(source, Bytes.random(2, 100));
        var before = store().look(source);

        store().tag(source, Map.of("team", "platform"));

        assertThat(store().look(source)).isEqualTo(before);
    }

    @Test
    void an_object_put_as_a_whole_has_no_parts_that_prove_it() {
        put(source, Bytes.random(1, 100));

        assertThat(store().parts(source, 1)).isEmpty();
    }

    @Test
    void copied_parts_become_one_object_of_the_same_bytes_with_the_parts_sha256() {
        var bytes = Bytes.random(3, 2 * PART + 17);
        put(source, bytes);

        copyAll(source, target, bytes.length());

        assertThat(read(target)).isEqualTo(bytes.copy());
        assertThat(store().look(target)).get().extracting(BlobFacts::sizeBytes).isEqualTo((long) bytes.length());
        assertThat(store().parts(target, 2))
                .containsExactly(
                        new Part(1, PART, bytes.slice(0, PART - 1).sha256(), ""),
                        new Part(2, PART, bytes.slice(PART, 2 * PART - 1).sha256(), ""),
                        new Part(3, 17, bytes.slice(2 * PART, 2 * PART + 16).sha256(), ""));
        assertThat(store().uploads(FAR, name)).isEmpty();
    }

    @Test
    void a_small_source_is_copied_whole_and_its_copy_is_copied_again() {
        var bytes = Bytes.random(4, 1);
        put(source, bytes);
        copyAll(source, target, 1);
        var back = new Blob(HOME, name + "-back");

        copyAll(target, back, 1);

        assertThat(read(back)).isEqualTo(bytes.copy());
        assertThat(store().parts(back, 2)).isEqualTo(store().parts(target, 2));
    }

    @Test
    void an_open_upload_is_listed_with_each_part_once() {
        put(source, Bytes.random(5, PART + 1));
        var upload = store().open(target, Map.of());
        var second = store().copyPart(part(source, upload, 2, PART + 1));
        store().copyPart(part(source, upload, 1, PART + 1));
        var first = store().copyPart(part(source, upload, 1, PART + 1));

        assertThat(store().uploadedParts(target, upload, 1, 10)).containsExactly(first, second);
        assertThat(first.hasSha256()).isTrue();
        assertThat(store().uploads(FAR, name)).singleElement().satisfies(open -> {
            assertThat(open.target()).isEqualTo(target);
            assertThat(open.id()).isEqualTo(upload);
        });
        assertThat(store().look(target)).isEmpty();
    }

    @Test
    void an_object_keeps_the_metadata_of_its_upload() {
        put(source, Bytes.random(6, PART));
        var upload = store().open(target, Map.of("imageferry-name", "golden"));
        var copied = store().copyPart(part(source, upload, 1, PART));
        store().complete(target, upload, List.of(copied), PART);

        assertThat(store().look(target))
                .get()
                .extracting(BlobFacts::metadata)
                .isEqualTo(Map.of("imageferry-name", "golden"));
    }

    @Test
    void nothing_is_copied_from_a_source_that_was_overwritten_or_deleted() {
        put(source, Bytes.random(7, PART + 1));
        var upload = store().open(target, Map.of());
        var pinned = part(source, upload, 1, PART + 1);

        put(source, Bytes.random(8, PART + 1));
        assertThatExceptionOfType(SourceChanged.class).isThrownBy(() -> store().copyPart(pinned));
        store().delete(source);
        assertThatExceptionOfType(SourceChanged.class).isThrownBy(() -> store().copyPart(pinned));
        assertThat(store().uploadedParts(target, upload, 1, 10)).isEmpty();
    }

    @Test
    void an_aborted_upload_is_gone_for_every_call_and_may_be_aborted_again() {
        put(source, Bytes.random(9, PART + 1));
        var upload = store().open(target, Map.of());
        var copy = part(source, upload, 1, PART + 1);
        var copied = store().copyPart(copy);

        store().abort(target, upload);
        store().abort(target, upload);

        assertThat(store().uploads(FAR, name)).isEmpty();
        assertThatExceptionOfType(UploadGone.class).isThrownBy(() -> store().uploadedParts(target, upload, 1, 10));
        assertThatExceptionOfType(UploadGone.class).isThrownBy(() -> store().copyPart(copy));
        assertThatExceptionOfType(UploadGone.class)
                .isThrownBy(() -> store().complete(target, upload, List.of(copied), PART));
    }

    @Test
    void a_completed_upload_is_gone_and_its_object_stays() {
        put(source, Bytes.random(10, 8));
        var upload = store().open(target, Map.of());
        var parts = List.of(store().copyPart(part(source, upload, 1, 8)));
        store().complete(target, upload, parts, 8);

        assertThatExceptionOfType(UploadGone.class).isThrownBy(() -> store().complete(target, upload, parts, 8));
        store().abort(target, upload);
        assertThat(store().look(target)).isPresent();
    }

    @Test
    void an_existing_object_is_never_overwritten() {
        put(source, Bytes.random(11, 8));
        var older = Bytes.random(12, 9);
        put(target, older);
        var upload = store().open(target, Map.of());
        var parts = List.of(store().copyPart(part(source, upload, 1, 8)));

        assertThatExceptionOfType(UploadGone.class).isThrownBy(() -> store().complete(target, upload, parts, 8));
        assertThat(read(target)).isEqualTo(older.copy());
    }

    @Test
    void parts_with_another_checksum_than_expected_are_not_joined() {
        put(source, Bytes.random(13, 8));
        var upload = store().open(target, Map.of());
        var copied = store().copyPart(part(source, upload, 1, 8));
        var wrong = new Part(1, 8, Bytes.random(14, 8).sha256(), copied.eTag());

        assertThatExceptionOfType(StoreRefused.class)
                .isThrownBy(() -> store().complete(target, upload, List.of(wrong), 8));
        assertThat(store().look(target)).isEmpty();
        assertThat(store().uploadedParts(target, upload, 1, 10)).containsExactly(copied);
    }

    @Test
    void a_text_is_created_once_and_replaced_only_on_request() {
        assertThat(store().text(source)).isEmpty();

        store().createText(source, "mine");
        store().createText(source, "too late");
        assertThat(store().text(source)).hasValue("mine");
        assertThat(store().text(target)).isEmpty();

        store().replaceText(source, "replaced");
        assertThat(store().text(source)).hasValue("replaced");
    }

    @Test
    void deleting_twice_has_no_further_effect() {
        put(source, Bytes.random(15, 8));

        store().delete(source);
        store().delete(source);

        assertThat(store().look(source)).isEmpty();
    }

    @Test
    void an_object_that_replaced_another_is_not_deleted() {
        put(source, Bytes.random(16, 8));
        var eTag = store().look(source).orElseThrow().eTag();
        var next = Bytes.random(17, 8);
        put(source, next);

        store().deleteUnchanged(source, eTag);
        assertThat(read(source)).isEqualTo(next.copy());

        store().deleteUnchanged(source, store().look(source).orElseThrow().eTag());
        assertThat(store().look(source).isEmpty()).isEqualTo(deletesOnCondition());
        store().deleteUnchanged(source, eTag);
    }

    private void copyAll(Blob from, Blob to, long size) {
        var plan = new PartPlan(size, PART);
        var eTag = store().look(from).orElseThrow().eTag();
        var upload = store().open(to, Map.of());
        var parts = plan.numbers()
                .mapToObj(number -> store().copyPart(new PartCopy(
                        from,
                        eTag,
                        to,
                        upload,
                        number,
                        plan.sizeOf(number),
                        plan.rangeOf(number).orElse(null))))
                .toList();
        store().complete(to, upload, parts, size);
    }

    private PartCopy part(Blob from, UploadId upload, int number, long size) {
        var plan = new PartPlan(size, PART);
        var eTag = store().look(from).orElseThrow().eTag();
        return new PartCopy(
                from,
                eTag,
                target,
                upload,
                number,
                plan.sizeOf(number),
                plan.rangeOf(number).orElse(null));
    }
}
