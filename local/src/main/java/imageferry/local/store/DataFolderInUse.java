package imageferry.local.store;

import java.nio.file.Path;

/** The data folder is open in another process, or already in this one. */
public final class DataFolderInUse extends StoresRefused {
    DataFolderInUse(Path folder) {
        super("The data folder " + folder + " is in use by another running Imageferry: stop that one, or name another"
                + " folder with --data.");
    }
}
