package imageferry.local.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One process at a time has the data folder open. */
class DataFolderTest {
    @TempDir
    private Path temporary;

    @Test
    void a_folder_is_made_and_is_free_again_after_closing() {
        Path folder = temporary.resolve("a/b");
        DataFolder.open(folder).close();

        try (DataFolder again = DataFolder.open(folder)) {
            assertThat(again.path()).isDirectory();
        }
    }

    @Test
    void an_open_folder_is_refused_in_one_sentence() {
        try (DataFolder open = DataFolder.open(temporary)) {
            assertThatExceptionOfType(DataFolderInUse.class)
                    .isThrownBy(() -> DataFolder.open(temporary))
                    .withMessage(
                            "The data folder " + open.path() + " is in use by another running Imageferry: stop that"
                                    + " one, or name another folder with --data.");
        }
    }

    @Test
    void a_file_is_refused_in_one_sentence() throws IOException {
        Path file = Files.writeString(temporary.resolve("file"), "");

        assertThatExceptionOfType(StoresRefused.class)
                .isThrownBy(() -> DataFolder.open(file))
                .withMessage("The data folder " + file + " is a file, or lies in one: name a folder with --data.");
        assertThatExceptionOfType(StoresRefused.class)
                .isThrownBy(() -> DataFolder.open(file.resolve("inside")))
                .withMessageContaining(file + "/inside");
    }
}
