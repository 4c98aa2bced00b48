package imageferry.local.data;

import java.io.IOException;

/** Access to a folder's disk; {@code toString} names the folder. */
interface DiskProbe {
    /** Returns the space that this process may use, in bytes; 0 when the folder is gone. */
    long freeBytes();

    /** Writes a small file and removes it again. */
    void write() throws IOException;
}
