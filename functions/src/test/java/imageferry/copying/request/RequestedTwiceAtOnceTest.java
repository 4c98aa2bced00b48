package imageferry.copying.request;

import static imageferry.copying.InMemoryService.AWAY;
import static imageferry.copying.InMemoryService.HOME;
import static imageferry.copying.InMemoryService.OWNER;
import static imageferry.copying.InMemoryService.accepted;
import static org.assertj.core.api.Assertions.assertThat;

import imageferry.copying.InMemoryService;
import imageferry.id.CopyId;
import imageferry.id.GroupId;
import imageferry.idempotency.ClientToken;
import imageferry.image.ImageName;
import imageferry.image.Labels;
import imageferry.ledger.BeforeCommit;
import imageferry.snapshot.Blob;
import imageferry.snapshot.Bytes;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A request and its repetition at the same time: neither violates a rule because of the other's writes. */
class RequestedTwiceAtOnceTest {
    private static final ClientToken TOKEN = new ClientToken("once", "parameters");

    private final InMemoryService service = new InMemoryService();

    @Test
    void an_import_whose_duplicate_took_the_name_gets_the_duplicates_answer() {
        var key = "imports/" + OWNER.account() + "/disk";
        service.store.put(new Blob(HOME, key), Bytes.random(1, 1_000));
        var request = new RequestImport.Request(
                HOME.name(), new ImageName("golden"), key, InMemoryService.ANY_BYTES, Labels.NONE, TOKEN);

        var twin = new CopyId[1];
        var overtaken = new BeforeCommit(
                service.ledger, () -> twin[0] = accepted(service.requestImport().request(OWNER, request)));
        var answer = service.requestImport(overtaken).request(OWNER, request);

        assertThat(accepted(answer)).isEqualTo(twin[0]);
    }

    @Test
    void a_copy_whose_duplicate_took_the_name_gets_the_duplicates_answer() {
        var target = new TargetRequest(AWAY.name(), null, Labels.NONE, List.of());
        var source = service.image("golden").id().value();
        var request = new RequestCopies.Request(source, List.of(target), null, TOKEN);

        var twin = new GroupId[1];
        var overtaken = new BeforeCommit(
                service.ledger, () -> twin[0] = accepted(service.requestCopies().request(OWNER, request)));
        var answer = service.requestCopies(overtaken).request(OWNER, request);

        assertThat(accepted(answer)).isEqualTo(twin[0]);
    }
}
