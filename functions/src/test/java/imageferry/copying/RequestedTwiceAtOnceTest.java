package imageferry.copying;

import static imageferry.copying.Ferry.AWAY;
import static imageferry.copying.Ferry.HOME;
import static imageferry.copying.Ferry.OWNER;
import static imageferry.copying.Ferry.accepted;
import static org.assertj.core.api.Assertions.assertThat;

import imageferry.id.CopyId;
import imageferry.id.GroupId;
import imageferry.idempotency.ClientToken;
import imageferry.idempotency.Requests;
import imageferry.image.ImageName;
import imageferry.image.Images;
import imageferry.image.Labels;
import imageferry.ledger.Ledger;
import imageferry.rule.Result;
import imageferry.snapshot.Blob;
import imageferry.snapshot.Bytes;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** A request and its repetition at the same time: what one of them has taken must not stand against the other. */
class RequestedTwiceAtOnceTest {
    private static final ClientToken TOKEN = new ClientToken("once", "parameters");

    private final Ferry ferry = new Ferry();

    @Test
    void an_import_whose_twin_took_the_name_is_answered_as_its_twin() {
        var key = "imports/" + OWNER.account() + "/disk";
        ferry.store.put(new Blob(HOME, key), Bytes.random(1, 1_000));
        var request = new RequestImport.Request(
                HOME.name(), new ImageName("golden"), key, Ferry.ANY_BYTES, Labels.NONE, TOKEN);

        var twin = new CopyId[1];
        var answer =
                importing(beforeNamesAreTaken(() -> twin[0] = accepted(importing(ferry.ledger, request))), request);

        assertThat(accepted(answer)).isEqualTo(twin[0]);
    }

    private Result<CopyId> importing(Ledger ledger, RequestImport.Request request) {
        return new RequestImport(
                        ledger,
                        new Images(ledger),
                        new Requests(ledger),
                        ferry.store,
                        ferry.regions,
                        ferry.planner,
                        ferry.limits,
                        ferry.clock,
                        ferry.ids)
                .request(OWNER, request);
    }

    @Test
    void a_copy_whose_twin_took_the_name_is_answered_as_its_twin() {
        var target = new TargetRequest(AWAY.name(), null, Labels.NONE, List.of());
        var source = ferry.image("golden").id().value();
        var request = new RequestCopies.Request(source, List.of(target), null, TOKEN);

        var twin = new GroupId[1];
        var answer = copying(beforeNamesAreTaken(() -> twin[0] = accepted(copying(ferry.ledger, request))), request);

        assertThat(accepted(answer)).isEqualTo(twin[0]);
    }

    private Result<GroupId> copying(Ledger ledger, RequestCopies.Request request) {
        return new RequestCopies(
                        ledger,
                        new Images(ledger),
                        ferry.visible,
                        new Requests(ledger),
                        ferry.store,
                        ferry.regions,
                        ferry.limits,
                        ferry.clock,
                        ferry.ids)
                .request(OWNER, request);
    }

    private Ledger beforeNamesAreTaken(Runnable meanwhile) {
        var happened = new AtomicBoolean();
        return (Ledger) Proxy.newProxyInstance(
                Ledger.class.getClassLoader(), new Class<?>[] {Ledger.class}, (self, method, arguments) -> {
                    if (method.getName().equals("commit") && happened.compareAndSet(false, true)) {
                        meanwhile.run();
                    }
                    return method.invoke(ferry.ledger, arguments);
                });
    }
}
