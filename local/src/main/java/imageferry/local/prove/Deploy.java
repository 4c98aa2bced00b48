package imageferry.local.prove;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Deploys the installation, or finds the deployed one.
 *
 * @param partner the id of the second account, which may call at first, or null
 */
record Deploy(
        Installation installation,
        Leftovers leftovers,
        @Nullable String partner) implements Step {
    private static final int OK = 200;
    private static final Polling FIRST_ANSWER = new Polling(Duration.ofSeconds(2), Duration.ofMinutes(2));

    @Override
    public String name() {
        return installation.settings().deployed() ? "Find the deployed installation" : "Deploy";
    }

    @Override
    public String asked() {
        return "GET /regions answers with "
                + String.join(" and ", installation.settings().regions()) + ".";
    }

    @Override
    public Outcome run() throws Exception {
        var settings = installation.settings();
        if (!settings.deployed()) {
            leftovers.mark();
            var deployed = installation.stacks().deploy(parameters());
            if (!deployed.succeeded()) {
                return new Outcome.Failed("./stacks deploy ended with " + deployed.status() + ": " + deployed.end());
            }
        }
        var api = installation.api();
        FIRST_ANSWER.until("the API's first answer", () -> status(api), status -> status == OK);
        var found = new ArrayList<String>();
        for (var region : settings.regions()) {
            found.add(installation.region(region).path("bucket").asText());
        }
        return new Outcome.Passed("The API of account " + installation.account() + " lists the buckets "
                + String.join(" and ", found) + "." + concurrency());
    }

    /** The name of a new API and its stage are known everywhere after some seconds. */
    private static int status(Api api) throws InterruptedException {
        try {
            return api.get("/regions").status();
        } catch (IOException unknownHost) {
            return 0;
        }
    }

    private List<String> parameters() {
        var settings = installation.settings();
        var parameters = new ArrayList<>(List.of("Regions=" + String.join(",", settings.regions())));
        if (partner != null) {
            parameters.add("AllowedAccounts=" + partner);
        }
        parameters.addAll(settings.parameters());
        return parameters;
    }

    /** Returns the account's limit, which explains slow copies and a missing cap. */
    private String concurrency() {
        try (var functions =
                installation.access().functions(installation.settings().home())) {
            var limit = functions.getAccountSettings().accountLimit();
            return " Lambda may run " + limit.concurrentExecutions() + " functions at once.";
        }
    }
}
