package imageferry.local.command;

import java.nio.file.Files;
import java.nio.file.Path;

/** The project's folder, as the launcher passes it. */
final class Home {
    private Home() {}

    static Path folder() {
        var home = Path.of(System.getProperty("imageferry.home", "."))
                .toAbsolutePath()
                .normalize();
        if (!Files.isRegularFile(home.resolve("template.yaml"))) {
            throw new Explained("There is no template.yaml in " + home + "; start Imageferry with ./imageferry");
        }
        return home;
    }

    static Path functionsZip(Path home) {
        return home.resolve("functions/target/functions.zip");
    }
}
