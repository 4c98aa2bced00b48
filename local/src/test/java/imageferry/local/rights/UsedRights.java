package imageferry.local.rights;

import imageferry.local.lambda.RoleCheck.Use;
import imageferry.local.lint.Tool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/** The used rights of the functions' roles in all clouds of one build, kept in a folder until the last check of it. */
public final class UsedRights {
    private static final Path FOLDER = Tool.HOME.resolve("local/target/used-rights");

    private UsedRights() {}

    /** Adds the rights that one cloud's functions used. */
    public static void keep(Set<Use> uses) {
        try {
            Files.createDirectories(FOLDER);
            Files.write(
                    FOLDER.resolve(UUID.randomUUID() + ".tsv"),
                    uses.stream()
                            .map(use -> String.join("\t", use.function(), use.action(), use.resource()))
                            .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All rights since the build began. */
    static Set<Use> all() throws IOException {
        var uses = new TreeSet<Use>();
        try (var files = Files.list(FOLDER)) {
            for (var file : files.toList()) {
                for (var line : Files.readAllLines(file)) {
                    var fields = line.split("\t", 3);
                    uses.add(new Use(fields[0], fields[1], fields[2]));
                }
            }
        }
        return uses;
    }
}
