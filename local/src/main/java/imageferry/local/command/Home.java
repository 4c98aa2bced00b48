package imageferry.local.command;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where the project's files lie; the launcher says so. */
final class Home {
    private Home() {}

    /** The folder of template.yaml. */
    static Path folder() {
        var home = Path.of(System.getProperty("imageferry.home", "."))
                .toAbsolutePath()
                .normalize();
        if (!Files.isRegularFile(home.resolve("template.yaml"))) {
            throw new Explained("There is no template.yaml in " + home + "; start Imageferry with ./imageferry");
        }
        return home;
    }

    /** The very package that deploys. */
    static Path functionsZip(Path home) {
        return home.resolve("functions/target/functions.zip");
    }
}
