package imageferry.local.cloud;

import imageferry.local.lambda.Endpoints;
import imageferry.local.lambda.Failures;
import imageferry.local.lambda.RoleCheck;
import imageferry.local.lambda.TaskRoot;
import imageferry.local.machine.StateMachine;
import imageferry.local.store.AccessCheck;
import imageferry.local.store.EmbeddedStores;
import imageferry.local.template.Template;
import imageferry.local.wire.BusEvent;
import imageferry.local.wire.EventBus;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** A running cloud in this JVM. Acknowledged writes survive its process; a start on the same folder continues. */
public final class LocalCloud implements AutoCloseable {
    private final Parts parts;
    private final Template template;
    private final URI api;
    private final EmbeddedStores stores;
    private final StateMachine executions;
    private final EventBus bus;
    private final RoleCheck roleCheck;
    private final Endpoints endpoints;

    LocalCloud(
            Parts parts,
            Template template,
            URI api,
            EmbeddedStores stores,
            StateMachine executions,
            EventBus bus,
            RoleCheck roleCheck,
            Endpoints endpoints) {
        this.parts = parts;
        this.template = template;
        this.api = api;
        this.stores = stores;
        this.executions = executions;
        this.bus = bus;
        this.roleCheck = roleCheck;
        this.endpoints = endpoints;
    }

    /**
     * Starts everything, and returns when the API answers.
     *
     * @throws CannotStart with one sentence for the user: a wrong parameter, a port or folder in use, missing functions
     */
    public static LocalCloud start(LocalSettings settings) {
        return start(settings, AccessCheck.lenient(), Failures.UNHEARD);
    }

    /**
     * Starts everything, with an additional check of requests and a receiver of failures.
     *
     * @param accessCheck is called for each request to a service before the role check; it may delay or refuse it
     * @throws CannotStart as above
     */
    public static LocalCloud start(LocalSettings settings, AccessCheck accessCheck, Failures failures) {
        return start(settings, accessCheck, failures, folder -> TaskRoot.load(settings.functionsZip(), folder));
    }

    /**
     * Starts everything, with another source of the functions' classes.
     *
     * @param code is called once, with the folder for unpacked functions; its class loader is closed with the cloud
     * @throws CannotStart as above
     */
    public static LocalCloud start(
            LocalSettings settings, AccessCheck accessCheck, Failures failures, Function<Path, URLClassLoader> code) {
        if (!Files.isRegularFile(settings.functionsZip())) {
            throw new CannotStart(
                    "The functions are not built: there is no " + settings.functionsZip() + ".",
                    new IOException("absent"));
        }
        var api = Listener.ofPort("--port", settings.port());
        Listener.requireFree(List.of(api, Listener.ofPort("--s3-port", settings.s3Port())));
        var parts = new Parts();
        try {
            return new Assembly(
                            settings,
                            Template.read(settings.home(), settings.overrides()),
                            parts,
                            accessCheck,
                            failures,
                            code)
                    .start();
        } catch (BindException inUse) {
            parts.close();
            throw api.refused(inUse);
        } catch (IOException | RuntimeException failed) {
            parts.close();
            throw StartFailure.explained(failed, settings.data());
        }
    }

    public URI api() {
        return api;
    }

    /** Returns the endpoint of S3, for path-style requests with any credentials. */
    public URI s3() {
        return stores.s3();
    }

    public URI dynamoDb() {
        return stores.dynamoDb();
    }

    /**
     * Serves every service at one more address until this is closed, for programs that do not share this machine's
     * loopback, such as those in containers.
     *
     * @param address port 0 for any free one
     * @throws CannotStart when the address is not one of this machine, or the port is in use
     */
    public URI serveAt(InetSocketAddress address) {
        try {
            return parts.add(ServiceProxy.open(address, endpoints)).endpoint();
        } catch (IOException refused) {
            throw new Listener("--aws", address).refused(refused);
        }
    }

    /** Returns the data folder, absolute. */
    public Path data() {
        return stores.folder();
    }

    /** Returns the contents of template.yaml. */
    public Template template() {
        return template;
    }

    /**
     * Returns a function's environment variables in this run, with the services' addresses and its access key.
     *
     * @throws IllegalArgumentException when there is no function of that logical id
     */
    public Map<String, String> environmentOf(String function) {
        var spec = template.functions().get(function);
        if (spec == null) {
            throw new IllegalArgumentException("There is no function " + function);
        }
        return endpoints.environmentOf(spec, template.homeRegion());
    }

    public StateMachine executions() {
        return executions;
    }

    /** Returns the last events of the bus, the oldest first. */
    public List<BusEvent> events() {
        return bus.last();
    }

    /** Returns every right that a function or the state machine has used so far, to compare with its role. */
    public Set<RoleCheck.Use> usedRights() {
        return roleCheck.used();
    }

    /** Returns every right that a function or the state machine was refused so far. */
    public Set<RoleCheck.Use> missingRights() {
        return roleCheck.refused();
    }

    /** Stops within seconds: first the API, then the callers of functions, then the functions, last the stores. */
    @Override
    public void close() {
        parts.close();
    }
}
