package imageferry.contract;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The optional budget counts what this installation's stacks create. */
class BudgetTest {
    private static String tag() {
        return Shipped.text("samconfig.toml")
                .lines()
                .filter(line -> line.startsWith("tags"))
                .distinct()
                .reduce((one, other) -> one + other)
                .orElseThrow();
    }

    @Test
    void there_is_none_unless_it_is_wanted() {
        var budget = Shipped.TEMPLATE.at("/Resources/Budget");

        assertThat(budget.path("Condition").asText()).isEqualTo("BillIsWatched");
        assertThat(Shipped.TEMPLATE
                        .at("/Conditions/BillIsWatched/Fn::Not/0/Fn::Equals/1")
                        .asText())
                .isEqualTo(Shipped.TEMPLATE
                        .at("/Parameters/BudgetPerMonth/Default")
                        .asText());
    }

    @Test
    void it_counts_what_has_the_tag_of_all_stacks() {
        var filter = Shipped.TEMPLATE.at("/Resources/Budget/Properties/Budget/CostFilters/TagKeyValue/0/Fn::Join");

        assertThat(filter.get(0).asText()).isEqualTo("$");
        assertThat(filter.at("/1/0").asText()).isEqualTo("user:application");
        assertThat(filter.at("/1/1/Ref").asText()).isEqualTo("Installation");
        assertThat(tag()).contains("application=");
    }

    @Test
    void somebody_reads_what_it_says() {
        var notifications = Shipped.TEMPLATE.at("/Resources/Budget/Properties/NotificationsWithSubscribers");

        assertThat(notifications.findValuesAsText("NotificationType")).containsExactly("ACTUAL", "FORECASTED");
        assertThat(notifications)
                .allSatisfy(notification -> assertThat(
                                notification.at("/Subscribers/0/Address/Ref").asText())
                        .isEqualTo("BudgetEmail"));
        assertThat(Shipped.TEMPLATE
                        .at("/Rules/BudgetHasReader/Assertions/0/AssertDescription")
                        .asText())
                .contains("BudgetEmail");
    }
}
