package imageferry.copying.transfer;

/** The origin of a part. */
enum PartOrigin {
    /** The copy's source. */
    SOURCE,
    /** An older version in the target's region. */
    BASE
}
