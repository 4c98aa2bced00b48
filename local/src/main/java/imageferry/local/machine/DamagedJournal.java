package imageferry.local.machine;

import java.nio.file.Path;

/** A journal line that cannot be read. The message says how to continue. */
public final class DamagedJournal extends RuntimeException {
    DamagedJournal(Path file, int line, Throwable cause) {
        super(
                "The journal " + file + " is damaged in line " + line
                        + ": repair the line, or move the file out of the data folder. Nothing was changed.",
                cause);
    }
}
