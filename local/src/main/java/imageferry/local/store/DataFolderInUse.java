package imageferry.local.store;

import java.nio.file.Path;

/** Somebody else, perhaps this very process, has the data folder open. */
public final class DataFolderInUse extends StoresRefused {
    private static final long serialVersionUID = 1L;

    DataFolderInUse(Path folder) {
        super("The data folder " + folder + " is in use by another running Imageferry: stop that one, or name another"
                + " folder with --data.");
    }
}
