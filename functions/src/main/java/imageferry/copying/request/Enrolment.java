package imageferry.copying.request;

import imageferry.copying.Copies;
import imageferry.copying.Copy;
import imageferry.copying.Limits;
import imageferry.id.CopyId;
import imageferry.image.Image;
import imageferry.image.Images;
import imageferry.image.Quota;
import imageferry.ledger.Write;
import java.util.ArrayList;
import java.util.List;

/**
 * A new copy and its future image, with the writes that record both. Id, name and quota are the target's from this moment on.
 */
record Enrolment(Image image, Copy copy, Limits limits) {
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
