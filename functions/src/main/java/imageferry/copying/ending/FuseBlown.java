package imageferry.copying.ending;

/** A region has too many orphans at once. */
final class FuseBlown extends RuntimeException {
    FuseBlown(String message) {
        super(message);
    }
}
