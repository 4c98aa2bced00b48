package imageferry.copying.transfer;

/** Where a part is taken from. */
enum Origin {
    /** From the copy's source. */
    SOURCE,
    /** From an older version in the target's region. */
    BASE
}
