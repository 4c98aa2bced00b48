package imageferry.local.cloud;

import imageferry.local.gateway.Gateway;
import imageferry.local.lambda.Answer;
import imageferry.local.lambda.BucketPolicies;
import imageferry.local.lambda.Endpoints;
import imageferry.local.lambda.Failures;
import imageferry.local.lambda.LambdaService;
import imageferry.local.lambda.RoleCheck;
import imageferry.local.lambda.Undelivered;
import imageferry.local.machine.Environment;
import imageferry.local.machine.MachineName;
import imageferry.local.machine.StateMachine;
import imageferry.local.machine.SystemTimers;
import imageferry.local.machine.definition.Machine;
import imageferry.local.store.AccessCheck;
import imageferry.local.store.EmbeddedStores;
import imageferry.local.store.StoreSettings;
import imageferry.local.template.BucketStatement;
import imageferry.local.template.FunctionSpec;
import imageferry.local.template.RegionTemplate;
import imageferry.local.template.StateMachineSpec;
import imageferry.local.template.Statement;
import imageferry.local.template.Template;
import imageferry.local.wire.EventBus;
import imageferry.local.wire.WireServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;

/** Starts the parts of a local cloud in the order of their dependencies. A failure leaves nothing running. */
final class Assembly {
    private static final String STREAMS = "streams";

    private final LocalSettings settings;
    private final Template template;
    private final Parts parts;
    private final RoleCheck roleCheck;
    private final AccessCheck accessCheck;
    private final Failures failures;
    private final Function<Path, URLClassLoader> code;
    private final Events events;
    private final Uploads uploads;

    Assembly(
            LocalSettings settings,
            Template template,
            Parts parts,
            AccessCheck accessCheck,
            Failures failures,
            Function<Path, URLClassLoader> code) {
        this.settings = settings;
        this.template = template;
        this.parts = parts;
        this.accessCheck = accessCheck;
        this.failures = failures;
        this.code = code;
        this.roleCheck = new RoleCheck(statements(), bucketPolicies());
        this.events = new Events(template.account(), template.homeRegion());
        this.uploads = new Uploads(
                functions().stream()
                        .flatMap(function -> function.rules().stream())
                        .toList(),
                events);
    }

    LocalCloud start() throws IOException {
        var definition = inBackground(this::machine);
        var asked = accessCheck.then(roleCheck::refusal);
        var stores = parts.add(EmbeddedStores.start(
                new StoreSettings(
                        settings.data(),
                        settings.s3Port(),
                        template.installation(),
                        template.account(),
                        template.homeRegion(),
                        template.regions(),
                        asked,
                        uploads::created),
                data -> StreamFollowers.lastReadByAll(functions(), data.resolve(STREAMS))));
        var undelivered = new Undelivered(stores.folder().resolve("undelivered.jsonl"), failures);
        var classes = inBackground(() -> code.apply(stores.folder("functions")));
        var tables = inBackground(() -> tables(stores));
        var machine = template.stateMachines().getFirst();
        var invoker = new MachineInvoker(machine, roleCheck);
        var timers = new SystemTimers(Clock.systemUTC());
        var executions = StateMachine.open(
                name(machine),
                definition.join(),
                stores.folder("executions"),
                new Environment(invoker, Clock.systemUTC(), timers, new SecureRandom(), stores.disk()::isWritable));
        var bus = new EventBus(template.eventBuses().getFirst(), Clock.systemUTC(), put -> {});
        var wire = parts.add(
                WireServer.start(0, executions, bus, (key, action, arn) -> asked.refusal(key, action, arn, Set.of())));
        var endpoints = new Endpoints(stores.s3(), stores.dynamoDb(), wire.endpoint(), wire.endpoint());
        var loader = parts.add(classes.join());
        var lambda = parts.add(new LambdaService(
                functions(),
                function -> endpoints.environmentOf(function, template.homeRegion()),
                loader,
                LambdaService.constructionOf(loader),
                stores.folder("logs"),
                undelivered,
                failures,
                stores.disk()));
        // Added after the functions, so that closing stops the callers first.
        parts.add(timers);
        parts.add(executions);
        invoker.callsOn(lambda);
        var table = tables.join();
        adopt(stores.withoutOwner(), lambda);
        executions.resume();
        var streams = parts.add(LocalClients.streams(stores.dynamoDb(), template.homeRegion()));
        new StreamFollowers(streams, template.homeRegion(), stores.folder(STREAMS), lambda, undelivered, stores.disk())
                .start(functions(), table, parts::add);
        uploads.sendTo(lambda);
        var gateway = parts.add(Gateway.start(
                settings.port(),
                template.apis().getFirst(),
                template.account(),
                lambda::invokeAndReport,
                stores.disk()));
        parts.add(new Schedules(
                functions().stream()
                        .flatMap(function -> function.schedules().stream())
                        .toList(),
                events,
                lambda,
                stores.disk()));
        return new LocalCloud(parts, template, gateway.uri(), stores, executions, bus, roleCheck, endpoints);
    }

    /**
     * Adopts the buckets of a data folder that an earlier release made: table and buckets of one folder belong together. A bucket
     * with objects that the table does not know stays as it is, and {@code GET /regions} says so.
     */
    private static void adopt(Map<String, Long> withoutOwner, LambdaService lambda) {
        withoutOwner.forEach((region, snapshots) -> {
            var request = "{\"operation\":\"adopt\",\"region\":\"%s\",\"count\":%d}".formatted(region, snapshots);
            var answer = lambda.invoke("ManageBucketFunction", request.getBytes(StandardCharsets.UTF_8));
            if (!(answer instanceof Answer.Returned)) {
                throw new IllegalStateException("The bucket of " + region + " could not be adopted: " + answer);
            }
        });
    }

    private List<FunctionSpec> functions() {
        return List.copyOf(template.functions().values());
    }

    private Map<String, List<Statement>> statements() {
        var statements = new HashMap<String, List<Statement>>();
        template.functions().forEach((id, function) -> statements.put(id, function.statements()));
        template.stateMachines().forEach(machine -> statements.put(machine.logicalId(), machine.statements()));
        return statements;
    }

    private BucketPolicies bucketPolicies() {
        var parameters = new HashMap<>(settings.overrides());
        parameters.put("HomeRegion", template.homeRegion());
        var policies = new HashMap<String, List<BucketStatement>>();
        for (var region : template.regions()) {
            var bucket = template.installation() + "-" + template.account() + "-" + region;
            policies.put(bucket, RegionTemplate.bucketPolicy(settings.home(), parameters, region));
        }
        return new BucketPolicies(template.account(), policies);
    }

    private Machine machine() throws IOException {
        var spec = template.stateMachines().getFirst();
        return Machine.read(Files.readString(spec.definition()), spec.substitutions());
    }

    private MachineName name(StateMachineSpec machine) {
        return new MachineName(
                template.homeRegion(),
                template.account(),
                machine.arn().substring(machine.arn().lastIndexOf(':') + 1));
    }

    private Map<String, TableDescription> tables(EmbeddedStores stores) {
        var tables = new HashMap<String, TableDescription>();
        try (var dynamoDb = LocalClients.dynamoDb(stores.dynamoDb(), template.homeRegion())) {
            var maker = new Tables(dynamoDb);
            template.tables().forEach(table -> tables.put(table.name(), maker.ensure(table)));
        }
        return tables;
    }

    private interface Task<T> {
        T run() throws IOException;
    }

    private static <T> CompletableFuture<T> inBackground(Task<T> task) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return task.run();
                    } catch (IOException failed) {
                        throw new UncheckedIOException(failed);
                    }
                },
                Thread.ofPlatform().daemon()::start);
    }
}
