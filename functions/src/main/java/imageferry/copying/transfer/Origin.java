package imageferry.copying.transfer;

/** The origin of a part. */
enum Origin {
    /** The copy's source. */
    SOURCE,
    /** An older version in the target's region. */
    BASE
}
