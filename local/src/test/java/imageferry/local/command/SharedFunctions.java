package imageferry.local.command;

import imageferry.local.lambda.TaskRoot;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;

/**
 * The classes of functions.zip, loaded once for all clouds of this JVM. To load and compile them again for each cloud takes
 * more processor time than most tests. They keep no state in static fields.
 */
final class SharedFunctions {
    private static final ClassLoader CLASSES = unpacked();

    private SharedFunctions() {}

    /** Returns a class loader for one cloud, which closes it; the shared classes stay loaded. */
    static URLClassLoader loader(Path ignoredFolder) {
        return new URLClassLoader("shared functions.zip", new URL[0], CLASSES);
    }

    /** Each of the JVMs that run tests at the same time has a folder of its own. */
    private static ClassLoader unpacked() {
        var home = Home.folder();
        var folder = home.resolve("local/target/functions")
                .resolve(Long.toString(ProcessHandle.current().pid()));
        return TaskRoot.load(Home.functionsZip(home), folder);
    }
}
