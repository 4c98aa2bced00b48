package imageferry.modification;

import imageferry.image.ImageName;
import imageferry.image.ImageStatus;
import java.util.Map;

/** Requests to change one thing, in words. */
public final class Modifications {
    public static final Modification NOTHING = new Modification(null, null, null, null, null, null, null, null);
    public static final Modification DEPRECATE = status(ImageStatus.DEPRECATED);
    public static final Modification RESTORE = status(ImageStatus.AVAILABLE);
    public static final Modification PUBLISH = isPublic(true);
    public static final Modification WITHDRAW = isPublic(false);

    private Modifications() {}

    public static Modification rename(String name) {
        return new Modification(new ImageName(name), null, null, null, null, null, null, null);
    }

    public static Modification describe(String description) {
        return new Modification(null, description, null, null, null, null, null, null);
    }

    static Modification family(String family) {
        return new Modification(null, null, family, null, null, null, null, null);
    }

    public static Modification tags(Map<String, String> tags) {
        return new Modification(null, null, null, tags, null, null, null, null);
    }

    private static Modification status(ImageStatus status) {
        return new Modification(null, null, null, null, status, null, null, null);
    }

    public static Modification protect(boolean isProtected) {
        return new Modification(null, null, null, null, null, isProtected, null, null);
    }

    private static Modification isPublic(boolean isPublic) {
        return new Modification(null, null, null, null, null, null, isPublic, null);
    }

    /** @param code empty to withdraw it */
    public static Modification product(String code) {
        return new Modification(null, null, null, null, null, null, null, code);
    }

    static Modification offer(boolean isPublic, String code) {
        return new Modification(null, null, null, null, null, null, isPublic, code);
    }
}
