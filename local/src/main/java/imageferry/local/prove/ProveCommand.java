package imageferry.local.prove;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Deploys a throw-away installation, uses it, checks it, removes it, and writes a report. */
@Command(
        name = "prove",
        mixinStandardHelpOptions = true,
        description =
                "Deploys an installation of its own to your AWS account, checks that it works, removes everything,"
                        + " and writes a report. Called by ./stacks prove. Exits with 1 when anything failed or is left.")
public final class ProveCommand implements Callable<Integer> {
    private static final long GIB = 1L << 30;
    private static final int SMALLEST = 1 << 20;
    /** The template's default of ApprovalAboveBytes. */
    private static final long LARGEST = 500 * GIB;

    @Spec
    @SuppressWarnings("NullAway.Init")
    CommandSpec spec;

    @Option(names = "--regions", paramLabel = "HOME,OTHER", split = ",", description = "Default: us-east-1,eu-west-1.")
    List<String> regions = new ArrayList<>(List.of("us-east-1", "eu-west-1"));

    @Option(names = "--bytes", paramLabel = "BYTES", description = "The size of the disk. Default: 1 GiB.")
    long bytes = GIB;

    @Option(
            names = "--second-profile",
            paramLabel = "PROFILE",
            description = "A profile of the AWS CLI for a second account, which is let in and then revoked.")
    @Nullable
    String secondProfile;

    @Option(names = "--report", paramLabel = "FILE", description = "Default: <installation>.md in the current folder.")
    @Nullable
    Path report;

    @Option(names = "--yes", description = "Accept the estimated cost without a question.")
    boolean yes;

    @Option(names = "--remove", paramLabel = "NAME", description = "Only remove the leftovers of an earlier run.")
    @Nullable
    String remove;

    @Option(
            names = "--deployed",
            paramLabel = "NAME",
            description = "Use this installation, and create and remove images only. For emulators.")
    @Nullable
    String deployed;

    @Parameters(
            paramLabel = "NAME=VALUE",
            arity = "0..*",
            description = "Parameters of template.yaml for the deployment.")
    List<String> parameters = new ArrayList<>();

    @Override
    public Integer call() throws Exception {
        var settings = settings();
        var reportFile = report == null ? Path.of(settings.run() + (remove == null ? ".md" : "-removal.md")) : report;
        var programs = new SystemPrograms(
                Path.of(System.getProperty("imageferry.home", ".")),
                reportFile.resolveSibling(settings.run() + ".log").toAbsolutePath());
        var estimate = settings.emulated()
                ? List.of("nothing: " + settings.endpoint() + " is an emulator")
                : new Estimate(settings.bytes(), settings.regions().size()).lines();
        if (remove == null && !accepted(settings, estimate)) {
            return 1;
        }
        try (var operator = access(programs, settings, Optional.empty())) {
            return run(new Run(settings, operator, partner(programs, settings), programs), estimate, reportFile);
        }
    }

    private Integer run(Run run, List<String> estimate, Path reportFile) throws IOException {
        var clock = InstantSource.system();
        var start = clock.instant();
        try (var _ = EndOnCtrlC.of(Thread.currentThread())) {
            var entries = remove == null ? run.prove(clock, this::say) : run.remove(clock, this::say);
            var made = new Report(run.settings(), start, estimate, entries);
            Files.writeString(reportFile, made.markdown());
            say(made.summary() + ". The report is in " + reportFile + ".");
            return made.isGood() ? 0 : 1;
        }
    }

    private Settings settings() {
        if (regions.size() != 2 || regions.get(0).equals(regions.get(1))) {
            throw misuse("--regions is " + String.join(",", regions)
                    + "; give two different regions, the home region first");
        }
        if (bytes < SMALLEST) {
            throw misuse("--bytes is " + bytes + "; give at least " + SMALLEST);
        }
        if (bytes > LARGEST) {
            throw misuse("--bytes is " + bytes + "; give at most " + LARGEST
                    + ", because a larger copy waits for an approval");
        }
        if (remove != null && !Settings.NAME.matcher(remove).matches()) {
            throw misuse(
                    "--remove is " + remove + "; give the name of an installation that prove made, as prove-a1b2c3");
        }
        parameters.forEach(this::check);
        var endpoint = Optional.ofNullable(System.getenv("AWS_ENDPOINT_URL"))
                .filter(text -> !text.isEmpty())
                .map(URI::create)
                .orElse(null);
        if (deployed != null && endpoint == null) {
            throw misuse("--deployed is for emulators; set AWS_ENDPOINT_URL, or leave it out");
        }
        var run = remove == null ? Settings.newName() : remove;
        var installation = deployed == null ? run : deployed;
        return new Settings(
                run, installation, regions.get(0), regions.get(1), bytes, endpoint, deployed != null, parameters);
    }

    /** Refuses a parameter that a step sets. */
    private void check(String parameter) {
        if (!parameter.matches("[A-Za-z]+=.*")) {
            throw misuse(parameter + " is not a parameter of template.yaml; give NAME=VALUE");
        }
        switch (parameter.substring(0, parameter.indexOf('='))) {
            case "Regions" -> throw misuse(parameter + " is set by prove; give --regions HOME,OTHER");
            case "AllowedAccounts" -> throw misuse(parameter + " is set by prove; give --second-profile PROFILE");
            case "Installation" -> throw misuse(parameter + " is set by prove, which makes a name of its own");
            default -> {
                // Passed to the deployment.
            }
        }
    }

    private ParameterException misuse(String sentence) {
        return new ParameterException(spec.commandLine(), sentence);
    }

    private boolean accepted(Settings settings, List<String> estimate) throws IOException {
        say("This deploys " + settings.installation() + " to " + String.join(" and ", settings.regions())
                + ", and removes it at the end. Its cost:");
        estimate.forEach(line -> say("  " + line));
        if (yes) {
            return true;
        }
        say("Type yes to start:");
        var typed = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
        if (!"yes".equals(typed)) {
            say("Nothing was started.");
            return false;
        }
        return true;
    }

    private static Access access(Programs programs, Settings settings, Optional<String> profile) {
        return new Access(new Credentials(programs).of(profile), settings.endpoint());
    }

    private Run.@Nullable Partner partner(Programs programs, Settings settings)
            throws IOException, InterruptedException {
        if (secondProfile == null) {
            return null;
        }
        String account;
        try {
            account = new Credentials(programs).account(secondProfile, settings.home());
        } catch (IllegalStateException unusable) {
            throw misuse(String.valueOf(unusable.getMessage()));
        }
        return new Run.Partner(account, access(programs, settings, Optional.of(secondProfile)));
    }

    private void say(String line) {
        spec.commandLine().getOut().println(line);
        spec.commandLine().getOut().flush();
    }
}
