package imageferry.disk;

/** The bytes of an object, pinned to one version. */
public interface DiskBytes {
    long sizeBytes();

    /**
     * Exactly these bytes.
     *
     * @param first counted from 0
     * @param length 1 byte–2 MiB; not past the end
     */
    byte[] read(long first, int length);
}
