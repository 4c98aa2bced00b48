package imageferry.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import imageferry.local.Tree;
import imageferry.local.UsersProject;
import imageferry.local.command.DemoTest.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Imageferry writes and deletes nothing in a folder that it did not make. */
@Timeout(120)
@Tag("slow")
class FoldersOfOthersTest {
    @TempDir
    Path temporary;

    private Path project;

    @BeforeEach
    void makeTheProject() throws IOException {
        project = UsersProject.in(temporary.resolve("parent/project"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ".",
                "..",
                ".git",
                ".imageferry",
                "functions",
                "incoming",
                "incoming/2026",
                "logs",
                "executions",
                "streams",
                "s3",
                "dynamodb",
                "latest",
                "latest/../../functions",
                "README.md",
                "README.md/data"
            })
    void a_folder_with_files_of_others_is_refused_as_the_data_folder(String name) throws IOException {
        var before = Tree.of(temporary);

        var run = local(project.resolve(name).toString());

        assertThat(run.status()).isNotZero();
        assertThat(run.output().strip().lines()).hasSize(1);
        assertThat(run.output()).contains("--data").doesNotContain("Exception");
        assertThat(Tree.of(temporary)).isEqualTo(before);
    }

    @Test
    void a_foreign_marker_does_not_make_a_data_folder() throws IOException {
        Files.writeString(project.resolve("imageferry-data.json"), "{\"format\":\"imageferry-data\"}");
        var before = Tree.of(temporary);

        assertThat(local(project.toString()).output()).contains("was not made by Imageferry");
        assertThat(Tree.of(temporary)).isEqualTo(before);
    }

    @Test
    void a_link_to_a_project_is_refused() throws IOException {
        var link = Files.createSymbolicLink(temporary.resolve("link"), project);
        var before = Tree.of(temporary);

        assertThat(local(link.toString()).status()).isNotZero();
        assertThat(local(link.resolve("functions").toString()).status()).isNotZero();
        assertThat(Tree.of(temporary)).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " "})
    void an_empty_path_is_refused(String path) {
        var run = local(path);

        assertThat(run.status()).isNotZero();
        assertThat(run.output().strip()).isEqualTo("The path of the data folder is empty: name a folder with --data.");
    }

    /** With --aws, which writes sam-local.json. The project's own properties file must change nothing either. */
    @Test
    void a_start_inside_a_project_only_adds_its_own_folder() throws Exception {
        var before = Tree.of(project);

        try (var local = LocalProcess.startIn(project, Path.of("new/data"), "--aws", "127.0.0.1:0")) {
            local.buckets.upload(
                    "us-east-1", RunningCloud.bucket("us-east-1"), "imports/1", project.resolve("README.md"));
            assertThat(project.resolve("new/data/sam-local.json")).exists();
        }

        var after = Tree.of(project);
        after.keySet().removeIf(name -> name.equals("new") || name.startsWith("new/"));
        assertThat(after).isEqualTo(before);
        assertThat(Tree.of(project.resolve("new/data/s3"))).isNotEmpty();
    }

    /** Runs the whole command, on a data folder of its own that contains files of others. */
    @ParameterizedTest
    @ValueSource(strings = {"my only copy", "{\"my\":\"notes\"}\n"})
    void files_of_others_inside_the_data_folder_are_not_changed(String content) throws Exception {
        var data = temporary.resolve("data");
        Files.createDirectories(data);
        Files.writeString(data.resolve("imageferry-data.json"), "{\"format\":\"imageferry-data\",\"version\":1}\n");
        for (var name : List.of(
                "notes.jsonl",
                "executions/todo.jsonl",
                "executions/c-abcdefghijklmnopq.jsonl",
                "streams/settings.json",
                "logs/server.log",
                "logs/server.log.old",
                "functions/notes.txt",
                "incoming/orders.csv")) {
            Files.createDirectories(data.resolve(name).getParent());
            Files.writeString(data.resolve(name), content);
        }
        var before = Tree.of(data);

        try (var local = LocalProcess.start(data)) {
            assertThat(local.s3).isNotNull();
        }

        assertThat(Tree.of(data)).containsAllEntriesOf(before);
    }

    @Test
    void a_refused_option_makes_no_folder() {
        Run.of("local", "--data", temporary.resolve("data").toString(), "--set", "Slots=3");

        assertThat(temporary.resolve("data")).doesNotExist();
    }

    @Test
    void the_demo_and_checksum_do_not_change_a_project() throws Exception {
        var before = Tree.of(project);

        assertThat(LocalProcess.exitOf(project, "demo")).isZero();
        assertThat(LocalProcess.exitOf(project, "checksum", "README.md")).isZero();

        assertThat(Tree.of(project)).isEqualTo(before);
    }

    @Test
    void the_installer_of_the_linters_does_not_change_a_project() throws Exception {
        Files.createDirectories(project.resolve("sam"));
        var before = Tree.of(project);

        var installer = Home.folder().resolve(".ci/tools/install").toString();
        assertThat(new ProcessBuilder(installer, project.toString())
                        .start()
                        .onExit()
                        .join()
                        .exitValue())
                .isEqualTo(1);
        assertThat(Tree.of(project)).isEqualTo(before);
    }

    private static Run local(String data) {
        return Run.of("local", "--data", data, "--port", "0", "--s3-port", "0");
    }
}
