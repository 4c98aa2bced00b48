package imageferry.local.data;

import java.io.IOException;

/** What can be asked of a folder's disk; {@code toString} names the folder. */
interface DiskProbe {
    /** The room that this process may use, in bytes; 0 where the folder is gone. */
    long freeBytes();

    /** Writes a small file and removes it again. */
    void write() throws IOException;
}
