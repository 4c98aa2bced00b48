package imageferry.local.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import imageferry.local.Tree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One process at a time has the data folder open, and only a folder that Imageferry made. */
class DataFolderTest {
    private static final String MARKER = "{\"format\":\"imageferry-data\",\"version\":1}\n";

    @TempDir
    private Path temporary;

    @Test
    void a_folder_is_made_and_is_free_again_after_closing() throws IOException {
        var folder = temporary.resolve("a/b");
        DataFolder.open(folder).close();

        try (var again = DataFolder.open(folder)) {
            assertThat(again.path()).isDirectory();
            assertThat(again.path().resolve("imageferry-data.json")).hasContent(MARKER);
        }
    }

    @Test
    void an_open_folder_is_refused_in_one_sentence() {
        try (var open = DataFolder.open(temporary)) {
            assertThatExceptionOfType(DataFolderInUse.class)
                    .isThrownBy(() -> DataFolder.open(temporary))
                    .withMessage(
                            "The data folder " + open.path() + " is in use by another running Imageferry: stop that"
                                    + " one, or name another folder with --data.");
        }
    }

    @Test
    void a_file_is_refused_in_one_sentence() throws IOException {
        var file = Files.writeString(temporary.resolve("file"), "");

        assertThatExceptionOfType(StoresRefused.class)
                .isThrownBy(() -> DataFolder.open(file))
                .withMessage("The data folder " + file + " is a file, or is inside one: name a folder with --data.");
        assertThatExceptionOfType(StoresRefused.class)
                .isThrownBy(() -> DataFolder.open(file.resolve("inside")))
                .withMessageContaining(file + "/inside");
    }

    @Test
    void a_folder_with_files_of_others_is_refused_in_one_sentence() throws IOException {
        Files.writeString(temporary.resolve("notes.txt"), "mine");

        assertThatExceptionOfType(StoresRefused.class)
                .isThrownBy(() -> DataFolder.open(temporary))
                .withMessage("The folder " + temporary + " has files in it and was not made by Imageferry (it has no"
                        + " imageferry-data.json): name a new or an empty folder with --data.");
        assertThat(Tree.of(temporary)).containsOnlyKeys("notes.txt");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{\"format\":\"imageferry-data\",\"vers"})
    void a_start_that_was_interrupted_does_not_block_the_next_one(String torn) throws IOException {
        Files.writeString(temporary.resolve("imageferry-data.json"), torn);
        Files.createFile(temporary.resolve("imageferry.lock"));

        DataFolder.open(temporary).close();

        assertThat(temporary.resolve("imageferry-data.json")).hasContent(MARKER);
    }

    @Test
    void a_torn_marker_with_files_of_others_does_not_make_a_data_folder() throws IOException {
        Files.createFile(temporary.resolve("imageferry-data.json"));
        Files.writeString(temporary.resolve("notes.txt"), "mine");

        refused(temporary, "was not made by Imageferry");
    }

    @Test
    void a_folder_of_another_release_is_refused() throws IOException {
        Files.writeString(temporary.resolve("imageferry-data.json"), MARKER.replace("1", "2"));

        refused(temporary, "was made by another release of Imageferry");
    }

    @Test
    void a_marker_that_is_a_link_does_not_make_a_data_folder() throws IOException {
        var folder = Files.createDirectory(temporary.resolve("folder"));
        var file = Files.writeString(temporary.resolve("elsewhere"), MARKER);
        Files.createSymbolicLink(folder.resolve("imageferry-data.json"), file);

        refused(folder, "was not made by Imageferry");
    }

    @ParameterizedTest
    @ValueSource(strings = {"incoming", "incoming/new", "new"})
    void a_folder_inside_a_data_folder_is_refused(String inside) throws IOException {
        DataFolder.open(temporary.resolve("data")).close();
        Files.createDirectory(temporary.resolve("data/incoming"));

        refused(temporary.resolve("data").resolve(inside), "is inside another one");
    }

    @ParameterizedTest
    @ValueSource(strings = {"functions", "s3", "sam-local.json", "logs/SweepFunction.log", "s3/bucket/object"})
    void a_link_inside_a_data_folder_is_refused(String name) throws IOException {
        var data = temporary.resolve("data");
        DataFolder.open(data).close();
        Files.createDirectories(data.resolve(name).getParent());
        var elsewhere = Files.createDirectory(temporary.resolve("elsewhere"));
        Files.writeString(elsewhere.resolve("notes.txt"), "mine");
        Files.createSymbolicLink(data.resolve(name), elsewhere);

        refused(data, "has a symbolic link, " + data.toRealPath().resolve(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "inside"})
    void a_link_whose_target_is_missing_is_refused_as_such(String inside) throws IOException {
        var link = Files.createSymbolicLink(temporary.resolve("link"), temporary.resolve("absent"));

        assertThatExceptionOfType(StoresRefused.class)
                .isThrownBy(() -> DataFolder.open(inside.isEmpty() ? link : link.resolve(inside)))
                .withMessage("The data folder is reached by the symbolic link " + link + ", whose target "
                        + temporary.resolve("absent")
                        + " is missing: make the target, or name another folder with --data.");
        assertThat(Tree.of(temporary)).containsOnlyKeys("link");
    }

    @Test
    void the_file_systems_own_folder_is_ignored() throws IOException {
        Files.createDirectory(temporary.resolve("lost+found"));

        DataFolder.open(temporary).close();
        DataFolder.open(temporary).close();

        assertThat(temporary.resolve("lost+found")).isEmptyDirectory();
    }

    /** As for every user except root: root can always read it. */
    @Test
    void an_unreadable_folder_of_the_file_system_is_ignored() throws IOException {
        var found = Files.createDirectory(temporary.resolve("lost+found"));
        Files.setPosixFilePermissions(found, Set.of());
        try {
            DataFolder.open(temporary).close();
            DataFolder.open(temporary).close();
        } finally {
            Files.setPosixFilePermissions(found, PosixFilePermissions.fromString("rwx------"));
        }
    }

    @Test
    void a_folder_of_that_name_with_files_belongs_to_others() throws IOException {
        Files.createDirectory(temporary.resolve("lost+found"));
        Files.writeString(temporary.resolve("lost+found/notes.txt"), "mine");

        refused(temporary, "was not made by Imageferry");
    }

    @Test
    void a_data_folder_may_itself_be_reached_by_a_link() throws IOException {
        var link =
                Files.createSymbolicLink(temporary.resolve("link"), Files.createDirectory(temporary.resolve("disk")));

        DataFolder.open(link).close();
        DataFolder.open(link).close();

        assertThat(temporary.resolve("disk/imageferry-data.json")).exists();
    }

    @Test
    void a_folder_of_a_release_without_the_marker_is_taken_over() throws IOException {
        unmarkedRelease();

        DataFolder.open(temporary).close();

        assertThat(temporary.resolve("imageferry-data.json")).hasContent(MARKER);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "notes.txt",
                "functions/main.py",
                "incoming/orders.csv",
                "s3/my-bucket",
                "executions/plan.txt",
                "executions/todo.jsonl",
                "logs/server.txt",
                "logs/server.log",
                "streams/stream.mp4",
                "streams/settings.json",
                "dynamodb/notes.txt"
            })
    void a_folder_with_more_than_the_files_of_such_a_release_is_refused(String more) throws IOException {
        unmarkedRelease();
        Files.createDirectories(temporary.resolve(more).getParent());
        Files.writeString(temporary.resolve(more), "mine");

        refused(temporary, "was not made by Imageferry");
    }

    private void unmarkedRelease() throws IOException {
        Files.createFile(temporary.resolve("imageferry.lock"));
        Files.createDirectory(temporary.resolve("dynamodb"));
        Files.writeString(temporary.resolve("dynamodb/shared-local-instance.db"), "a database");
        Files.createDirectories(temporary.resolve("s3/imageferry-111111111111-us-east-1"));
        Files.createDirectories(temporary.resolve("functions/0123456789abcdef0123456789abcdef/lib"));
        Files.createDirectories(temporary.resolve("incoming"));
        Files.createDirectories(temporary.resolve("logs"));
        Files.writeString(temporary.resolve("logs/SweepFunction.log"), "");
        Files.createDirectories(temporary.resolve("executions"));
        Files.writeString(temporary.resolve("executions/c-abcdefghijklmnopq.jsonl"), "");
        Files.createDirectories(temporary.resolve("streams"));
        Files.writeString(temporary.resolve("streams/AdvanceCopiesFunction.Stream.json"), "{}");
    }

    private void refused(Path folder, String reason) throws IOException {
        var before = Tree.of(temporary);

        assertThatExceptionOfType(StoresRefused.class)
                .isThrownBy(() -> DataFolder.open(folder))
                .withMessageContaining(reason);

        var after = Tree.of(temporary);
        after.keySet().removeIf(name -> name.endsWith("imageferry.lock"));
        before.keySet().removeIf(name -> name.endsWith("imageferry.lock"));
        assertThat(after).isEqualTo(before);
    }
}
