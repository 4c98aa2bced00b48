package imageferry.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A checkout of a user's project whose folders and files have the names that local mode uses. */
public final class UsersProject {
    private static final String HASH = "0123456789abcdef0123456789abcdef";
    private static final String ID = "01234567-89ab-cdef-0123-456789abcdef";

    private UsersProject() {}

    /** @param folder made when absent */
    public static Path in(Path folder) throws IOException {
        write(folder.resolve(".git/HEAD"), "ref: refs/heads/main\n");
        write(folder.resolve(".git/objects/01/23456789"), "object");
        write(folder.resolve("README.md"), "A project.\n");
        write(folder.resolve("template.yaml"), "Resources: {}\n");
        write(folder.resolve("functions/main.py"), "def handler(event, context): pass\n");
        write(folder.resolve("functions/" + HASH + "/main.py"), "print(1)\n");
        write(folder.resolve("functions/unpacking-1/main.py"), "print(2)\n");
        write(folder.resolve("incoming/orders.csv"), "1;2;3\n");
        write(folder.resolve("incoming/" + ID), "an order\n");
        write(folder.resolve("incoming/2026/orders.csv"), "4;5;6\n");
        write(folder.resolve("logs/SweepFunction.log"), "a log\n");
        write(folder.resolve("logs/SweepFunction.log.old"), "an old log\n");
        write(folder.resolve("executions/one.jsonl"), "{\"not\":\"a journal\"}\n");
        write(folder.resolve("streams/AdvanceCopiesFunction.json"), "{}\n");
        write(folder.resolve("s3/imageferry-111111111111-us-east-1/bucketMetadata.json"), "{\"path\":\"file:///\"}\n");
        write(folder.resolve("s3/imageferry-111111111111-us-east-1/multiparts/" + ID + "/1.part"), "a part\n");
        write(folder.resolve("dynamodb/shared-local-instance.db"), "not a database\n");
        write(folder.resolve("undelivered.jsonl"), "{}\n");
        write(folder.resolve("sam-local.json"), "{\"mine\":{}}\n");
        write(folder.resolve("imageferry.lock"), "");
        write(folder.resolve("application.properties"), "com.adobe.testing.s3mock.store.retain-files-on-exit=false\n");
        write(folder.resolve(".imageferry/notes.txt"), "not Imageferry's\n");
        Files.createSymbolicLink(folder.resolve("latest"), Path.of("incoming/2026"));
        return folder;
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
