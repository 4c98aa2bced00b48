package imageferry.copying.request;

import static imageferry.copying.InMemoryService.AWAY;
import static imageferry.copying.InMemoryService.FRIEND;
import static imageferry.copying.InMemoryService.HOME;
import static imageferry.copying.InMemoryService.OWNER;
import static imageferry.copying.InMemoryService.accepted;
import static imageferry.copying.InMemoryService.codes;
import static org.assertj.core.api.Assertions.assertThat;

import imageferry.account.Caller;
import imageferry.copying.InMemoryService;
import imageferry.idempotency.ClientToken;
import imageferry.image.Image;
import imageferry.image.ImageName;
import imageferry.image.Labels;
import imageferry.instance.Instance;
import imageferry.rule.Code;
import imageferry.rule.Result;
import imageferry.snapshot.Blob;
import imageferry.snapshot.Bytes;
import imageferry.snapshot.Faults.Call;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A request with a client token may be repeated for 24 hours, and gets its first answer again. */
class ClientTokensTest {
    private final InMemoryService service = new InMemoryService();
    private final Image source = service.image("golden");

    /** The requests that take a token. Only the name differs between two of them. */
    enum Operation {
        IMPORT {
            @Override
            Result<?> ask(ClientTokensTest test, Caller caller, String name, ClientToken token) {
                var key = "imports/" + caller.account() + "/disk";
                test.service.store.put(new Blob(HOME, key), Bytes.random(1, 1_000));
                return test.service
                        .requestImport()
                        .request(
                                caller,
                                new RequestImport.Request(
                                        HOME.name(),
                                        new ImageName(name),
                                        key,
                                        InMemoryService.ANY_BYTES,
                                        Labels.NONE,
                                        token));
            }

            @Override
            List<?> made(ClientTokensTest test) {
                return test.copies();
            }
        },
        COPY {
            @Override
            Result<?> ask(ClientTokensTest test, Caller caller, String name, ClientToken token) {
                var target = new TargetRequest(AWAY.name(), name, Labels.NONE, List.of());
                return test.service
                        .requestCopies()
                        .request(
                                caller,
                                new RequestCopies.Request(test.source.id().value(), List.of(target), null, token));
            }

            @Override
            List<?> made(ClientTokensTest test) {
                return test.copies();
            }
        },
        INSTANCE {
            @Override
            Result<Instance> ask(ClientTokensTest test, Caller caller, String name, ClientToken token) {
                return test.service.using().create(caller, test.source.id().value(), HOME.name(), token);
            }

            @Override
            List<?> made(ClientTokensTest test) {
                return test.service.ledger.contents().keySet().stream()
                        .filter(key -> key.sort().equals("INSTANCE"))
                        .toList();
            }
        };

        abstract Result<?> ask(ClientTokensTest test, Caller caller, String name, ClientToken token);

        /** All items of this kind. */
        abstract List<?> made(ClientTokensTest test);
    }

    @ParameterizedTest
    @EnumSource
    void the_same_request_gets_the_first_answer_and_makes_nothing_new(Operation operation) {
        var first = accepted(operation.ask(this, OWNER, "name", token("name")));
        var made = operation.made(this);
        service.passes(Duration.ofHours(5));

        assertThat(accepted(operation.ask(this, OWNER, "name", token("name")))).isEqualTo(first);
        assertThat(operation.made(this)).isEqualTo(made);
    }

    @ParameterizedTest
    @EnumSource
    void another_request_under_the_same_token_is_refused(Operation operation) {
        accepted(operation.ask(this, OWNER, "name", token("name")));
        var made = operation.made(this);

        assertThat(codes(operation.ask(this, OWNER, "other", token("other"))))
                .containsExactly(Code.IDEMPOTENT_PARAMETER_MISMATCH);
        assertThat(operation.made(this)).isEqualTo(made);
    }

    @ParameterizedTest
    @EnumSource
    void a_token_is_remembered_until_24_hours_have_passed(Operation operation) {
        var first = accepted(operation.ask(this, OWNER, "name", token("name")));
        service.passes(Duration.ofHours(24));

        assertThat(accepted(operation.ask(this, OWNER, "name", token("name")))).isEqualTo(first);
        assertThat(codes(operation.ask(this, OWNER, "other", token("other"))))
                .containsExactly(Code.IDEMPOTENT_PARAMETER_MISMATCH);
    }

    @ParameterizedTest
    @EnumSource
    void a_second_later_the_token_is_free_for_a_new_request(Operation operation) {
        var first = accepted(operation.ask(this, OWNER, "name", token("name")));
        service.passes(Duration.ofHours(24).plusSeconds(1));

        var second = accepted(operation.ask(this, OWNER, "other", token("other")));

        assertThat(second).isNotEqualTo(first);
        assertThat(accepted(operation.ask(this, OWNER, "other", token("other"))))
                .isEqualTo(second);
    }

    @Test
    void a_token_that_is_free_again_promises_nothing_to_the_request_it_had() {
        accepted(Operation.IMPORT.ask(this, OWNER, "name", token("name")));
        service.passes(Duration.ofHours(24).plusSeconds(1));

        assertThat(codes(Operation.IMPORT.ask(this, OWNER, "name", token("name"))))
                .containsExactly(Code.IMAGE_NAME_DUPLICATED);
    }

    @Test
    void each_operation_and_each_account_has_its_own_tokens() {
        accepted(Operation.IMPORT.ask(this, OWNER, "name", token("name")));

        accepted(Operation.COPY.ask(this, OWNER, "other", token("other")));
        accepted(Operation.INSTANCE.ask(this, OWNER, "another", token("another")));
        accepted(Operation.IMPORT.ask(this, FRIEND, "theirs", token("theirs")));
    }

    @ParameterizedTest
    @EnumSource(names = {"IMPORT", "COPY"})
    void two_requests_at_once_get_the_same_answer(Operation operation) {
        var begun = new AtomicBoolean();
        var overtaking = new ArrayList<Object>();
        service.store.faults().after(Call.LOOK, number -> {
            if (begun.compareAndSet(false, true)) {
                overtaking.add(accepted(operation.ask(this, OWNER, "name", token("name"))));
            }
        });
        var before = operation.made(this).size();

        var answer = accepted(operation.ask(this, OWNER, "name", token("name")));

        assertThat(overtaking).containsExactly(answer);
        assertThat(operation.made(this)).hasSize(before + 1);
    }

    @Test
    void a_refused_request_leaves_its_token_free() {
        var refused = Operation.COPY.ask(this, FRIEND, "name", token("name"));
        assertThat(codes(refused)).containsExactly(Code.IMAGE_NOT_FOUND);
        accepted(service.sharing.share(
                OWNER, source.id().value(), FRIEND.account().value()));

        assertThat(codes(Operation.COPY.ask(this, FRIEND, "other", token("other"))))
                .containsExactly(Code.SHARED_IMAGE);
    }

    private static ClientToken token(String parameters) {
        return new ClientToken("once", parameters);
    }

    private List<?> copies() {
        return service.ledger.contents().keySet().stream()
                .filter(key -> key.sort().equals("COPY"))
                .toList();
    }
}
