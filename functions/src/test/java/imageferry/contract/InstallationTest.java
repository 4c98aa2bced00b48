package imageferry.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Every fixed name of both templates is made from the parameter Installation, so two installations share none. */
class InstallationTest {
    private static final List<JsonNode> STACKS = List.of(Shipped.TEMPLATE, Shipped.REGION);
    private static final Pattern WORD = Pattern.compile("imageferry", Pattern.CASE_INSENSITIVE);

    /** Sentences, classes and the default itself. */
    private static final Pattern NO_NAME = Pattern.compile("/Description|.*/(Alarm)?Description|.*/Handler"
            + "|/Parameters/Installation/Default|/Conditions/IsDefaultInstallation/Fn::Equals/1");

    /** The names with a capital are older than the parameter, and belong to the default installation alone. */
    private static final Pattern CAPITAL = Pattern.compile("(.*/(TableName|Namespace)/Fn::If)/1");

    /** Properties that name a resource. Without one, CloudFormation makes a name from that of the stack. */
    private static final Pattern NAME = Pattern.compile("/Resources/\\w+/Properties/"
            + "(Name|(Table|Bucket|Alias|Dashboard|LogGroup|Queue|Topic|Role|Alarm|StateMachine)Name)");

    @Test
    void no_text_names_an_installation() {
        STACKS.forEach(stack -> texts(stack).forEach((path, text) -> {
            if (!NO_NAME.matcher(path).matches() && !CAPITAL.matcher(path).matches()) {
                assertThat(text).as(path).doesNotContainPattern(WORD);
            }
        }));
    }

    @Test
    void a_name_with_a_capital_is_for_the_default_installation_alone() {
        var capitals = texts(Shipped.TEMPLATE);
        capitals.keySet().removeIf(path -> !CAPITAL.matcher(path).matches());

        assertThat(capitals).containsKey("/Resources/Table/Properties/TableName/Fn::If/1");
        assertThat(capitals).allSatisfy((path, text) -> {
            var choice = CAPITAL.matcher(path).replaceFirst("$1");
            assertThat(Shipped.TEMPLATE.at(choice))
                    .as(path)
                    .hasToString("[\"IsDefaultInstallation\",\"Imageferry\",{\"Ref\":\"Installation\"}]");
        });
    }

    @Test
    void every_fixed_name_has_the_parameter() {
        var names = new TreeMap<String, JsonNode>();
        STACKS.forEach(stack -> Shipped.eachObject(
                stack,
                (path, node) -> node.properties().stream()
                        .filter(property ->
                                NAME.matcher(path + "/" + property.getKey()).matches())
                        .forEach(property -> names.put(path + "/" + property.getKey(), property.getValue()))));

        assertThat(names)
                .containsKeys(
                        "/Resources/Table/Properties/TableName",
                        "/Resources/Bus/Properties/Name",
                        "/Resources/Api/Properties/Name",
                        "/Resources/Dashboard/Properties/DashboardName",
                        "/Resources/Bucket/Properties/BucketName",
                        "/Resources/KeyAlias/Properties/AliasName",
                        "/Resources/Home/Properties/Name");
        assertThat(names)
                .allSatisfy((path, name) -> assertThat(name.toString())
                        .as(path)
                        .containsPattern("\\$\\{Installation}|\"Ref\":\"Installation\""));
    }

    private static Map<String, String> texts(JsonNode stack) {
        var texts = new TreeMap<String, String>();
        collect("", stack, texts);
        return texts;
    }

    private static void collect(String path, JsonNode node, Map<String, String> texts) {
        if (node.isTextual()) {
            texts.put(path, node.asText());
        }
        node.properties().forEach(field -> collect(path + "/" + field.getKey(), field.getValue(), texts));
        for (var i = 0; node.isArray() && i < node.size(); i++) {
            collect(path + "/" + i, node.get(i), texts);
        }
    }
}
