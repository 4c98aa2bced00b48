package imageferry.copying.request;

import imageferry.account.Caller;
import imageferry.copying.Copies;
import imageferry.copying.Copy;
import imageferry.copying.Limits;
import imageferry.copying.request.UploadPolicies.Upload;
import imageferry.copying.request.UploadWords.Wish;
import imageferry.id.CopyId;
import imageferry.id.ImageId;
import imageferry.image.Image;
import imageferry.image.Images;
import imageferry.image.Quota;
import imageferry.ledger.Write;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A new copy and its future image, with the writes that record both. Id, name and quota are the target's from this moment on.
 */
record Enrolment(Image image, Copy copy, Limits limits) {
    /** The import of an upload, under that name. */
    static Enrolment ofImport(
            CopyId id, ImageId imageId, Caller caller, Upload upload, Wish wish, Instant now, Limits limits) {
        var plan = new NewCopy(
                id,
                Copy.Request.of(caller, now),
                NewCopy.pinned(wish.source(upload.blob()), upload.facts()),
                upload.blob().region(),
                upload.plan().partSizeBytes());
        return new Enrolment(
                plan.image(imageId, wish.name(), wish.labels(), upload.disk()), plan.copy(imageId), limits);
    }

    CopyId id() {
        return copy.id();
    }

    List<Write> writes() {
        return List.of(name(), quota(), Images.created(image), Copies.created(copy));
    }

    Write name() {
        return Images.nameReserved(image);
    }

    Write quota() {
        return Quota.taken(image.owner(), image.region(), limits.imagesPerRegion(), limits.copiesPerRegion());
    }

    static List<Write> writes(List<Enrolment> enrolments) {
        var writes = new ArrayList<Write>();
        enrolments.forEach(enrolment -> writes.addAll(enrolment.writes()));
        return writes;
    }
}
