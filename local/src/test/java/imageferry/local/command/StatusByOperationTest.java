package imageferry.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import imageferry.image.ImageStatus;
import imageferry.local.command.RuleTable.Row;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An image's status decides on its owner's operations, as docs/rules/status-by-operation.csv says cell by cell. */
@Tag("slow")
class StatusByOperationTest {
    /** Enough for many copies at once, and for those that must remain Creating. */
    private static final int SLOTS = 16;

    @TempDir
    Path folder;

    @Test
    void every_cell_of_the_table_is_the_answer_of_the_api() throws Exception {
        var table = RuleTable.read("status-by-operation.csv", 2);
        var s3 = new FailingS3(Situations.SLOW);
        try (var cloud = new RunningCloud(folder.resolve("data"), parameters(), s3)) {
            var situations = new Situations(new AccountClient(cloud, Demo.OPERATOR), s3, folder);
            var requests = new OwnersRequests(cloud.uri(), situations);
            assertThat(table.columns()).containsExactlyElementsOf(requests.columns());

            var deviations = new ArrayList<String>();
            var images = images(table, situations, deviations);
            for (var row : table.rows()) {
                deviations.addAll(deviations(row, images.getOrDefault(row, new ArrayDeque<>()), requests, cloud.uri()));
            }
            s3.open();

            assertThat(deviations).isEmpty();
        }
    }

    @Test
    void every_status_has_a_row() throws Exception {
        assertThat(RuleTable.read("status-by-operation.csv", 2).rows().stream()
                        .map(row -> row.about().getFirst())
                        .collect(Collectors.toSet()))
                .isEqualTo(Arrays.stream(ImageStatus.values())
                        .map(ImageStatus::toString)
                        .collect(Collectors.toSet()));
    }

    private static Map<String, String> parameters() {
        return Map.of(
                "ApprovalAboveBytes",
                Integer.toString(Situations.LARGE),
                "ImagesPerRegion",
                "1000",
                "CopiesPerRegion",
                "1000",
                "SlotsPerRegion",
                Integer.toString(SLOTS));
    }

    private static boolean holdsASlot(Row row) {
        return row.about().getFirst().equals("Creating");
    }

    /** One image is for all columns that need none of their own. */
    private static int needed(Row row) {
        return 1
                + (int) row.cells().entrySet().stream()
                        .filter(cell -> OwnersRequests.isAlone(cell.getKey(), cell.getValue()))
                        .count();
    }

    /**
     * The images of every row. Those that are Creating take all slots of the slow region first, so that others wait
     * there.
     */
    private static Map<Row, Deque<Subject>> images(RuleTable table, Situations situations, List<String> deviations)
            throws Exception {
        var images = new HashMap<Row, Deque<Subject>>();
        for (var row : table.rows()) {
            if (holdsASlot(row)) {
                images.put(row, new ArrayDeque<>(situations.make(row.about().getLast(), needed(row))));
            }
        }
        situations.make(
                "moves bytes",
                SLOTS - images.values().stream().mapToInt(Deque::size).sum());
        for (var row : table.rows()) {
            try {
                if (!holdsASlot(row)) {
                    images.put(row, new ArrayDeque<>(situations.make(row.about().getLast(), needed(row))));
                }
            } catch (IllegalStateException impossible) {
                deviations.add(row + ": no image can be brought there; " + impossible.getMessage());
            }
        }
        return images;
    }

    private static List<String> deviations(Row row, Deque<Subject> images, OwnersRequests requests, URI api)
            throws Exception {
        var deviations = new ArrayList<String>();
        for (var cell : images.isEmpty()
                ? Set.<Map.Entry<String, String>>of()
                : row.cells().entrySet()) {
            var image =
                    OwnersRequests.isAlone(cell.getKey(), cell.getValue()) ? images.removeLast() : images.getFirst();
            var before = seen(image, api);
            var answer = requests.answer(cell.getKey(), image);
            var told = row + " / " + cell.getKey() + ": ";
            if (!answer.equals(cell.getValue())) {
                deviations.add(told + answer + " instead of " + cell.getValue());
            }
            if (!answer.startsWith("2") && !seen(image, api).equals(before)) {
                deviations.add(told + "refused, and yet it changed");
            }
            if (!before.startsWith(row.about().getFirst())) {
                deviations.add(told + "asked of an image that is " + before);
            }
        }
        return deviations;
    }

    /** The image's status and its visible fields. One that is being deleted is visible to nobody. */
    private static String seen(Subject image, URI api) throws Exception {
        var shown = Request.of("GET", image.path()).send(api, Demo.OPERATOR);
        return (shown.status() == 404 ? "Deleting" : shown.body().path("status").asText()) + " "
                + (shown.status() == 404 ? "" : shown.body());
    }
}
