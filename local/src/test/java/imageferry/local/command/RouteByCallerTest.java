package imageferry.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Rule 12 and all rights of an account on the belongings of another, route by route, from
 * docs/rules/route-by-caller.csv.
 */
@Tag("slow")
class RouteByCallerTest {
    /** The caller of each column. The last column is about images that the operator published. */
    private static final Map<String, String> CALLERS = callers();

    private static final String OTHER_RECIPIENT = "777777777777";

    @TempDir
    Path folder;

    @Test
    void every_cell_of_the_table_is_the_answer_of_the_api() throws Exception {
        var table = RuleTable.read("route-by-caller.csv", 2);
        var parameters = Map.of("ApprovalAboveBytes", Integer.toString(Situations.LARGE));
        try (var cloud = new RunningCloud(folder.resolve("data"), parameters)) {
            var smallDisk = SmallDisk.make(folder.resolve("small.img"), Situations.LARGE / 1024 * 512);
            var largeDisk = SmallDisk.make(folder.resolve("large.img"), Situations.LARGE / 512 * 1024);
            var ofOwner = Belongings.shared(
                    new AccountClient(cloud, account("owner")),
                    smallDisk,
                    largeDisk,
                    account("recipient"),
                    OTHER_RECIPIENT);
            var ofOperator = Belongings.published(new AccountClient(cloud, account("operator")), smallDisk, largeDisk);
            var instances = new HashMap<String, String>();
            for (var caller : CALLERS.values()) {
                instances.put(caller, new AccountClient(cloud, caller).boots(ofOperator.image()));
            }
            var requests = new CallersRequests(cloud.uri(), instances, OTHER_RECIPIENT);

            var deviations = new ArrayList<String>();
            for (var row : table.rows()) {
                for (var column : refusedFirst(row)) {
                    var answer = requests.answer(row, account(column), column.equals("public") ? ofOperator : ofOwner);
                    if (!answer.equals(row.cell(column))) {
                        deviations.add(row + " / " + column + ": " + answer + " instead of " + row.cell(column));
                    }
                }
            }

            assertThat(table.columns()).containsExactlyElementsOf(CALLERS.keySet());
            assertThat(table.rows().stream().map(RuleTable.Row::toString))
                    .containsExactlyInAnyOrderElementsOf(requests.rows());
            assertThat(deviations).isEmpty();
        }
    }

    @Test
    void every_route_of_the_contract_has_a_row() throws Exception {
        assertThat(RuleTable.read("route-by-caller.csv", 2).rows().stream()
                        .map(row -> row.about().getFirst())
                        .collect(Collectors.toSet()))
                .isEqualTo(routes());
    }

    private static Map<String, String> callers() {
        var callers = new LinkedHashMap<String, String>();
        callers.put("owner", "222222222222");
        callers.put("recipient", "333333333333");
        callers.put("stranger", "444444444444");
        callers.put("operator", Demo.OPERATOR);
        callers.put("public", "555555555555");
        return callers;
    }

    private static String account(String column) {
        return String.valueOf(CALLERS.get(column));
    }

    /** A granted request may remove the row's subject. */
    private static List<String> refusedFirst(RuleTable.Row row) {
        return row.cells().keySet().stream()
                .sorted(Comparator.comparing(column -> row.cell(column).startsWith("2")))
                .toList();
    }

    private static Set<String> routes() throws Exception {
        var contract = new ObjectMapper(new YAMLFactory())
                .readTree(Home.folder().resolve("openapi.yaml").toFile());
        var routes = new HashSet<String>();
        contract.path("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .fieldNames()
                        .forEachRemaining(method -> routes.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey())));
        return routes;
    }
}
