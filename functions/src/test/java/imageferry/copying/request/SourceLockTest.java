package imageferry.copying.request;

import static imageferry.copying.InMemoryService.AWAY;
import static imageferry.copying.InMemoryService.OUTAGE;
import static imageferry.copying.InMemoryService.OWNER;
import static imageferry.copying.InMemoryService.accepted;
import static imageferry.copying.InMemoryService.codes;
import static imageferry.copying.InMemoryService.violations;
import static org.assertj.core.api.Assertions.assertThat;

import imageferry.copying.Executions;
import imageferry.copying.Groups;
import imageferry.copying.InMemoryService;
import imageferry.copying.RecordedExecutions;
import imageferry.copying.ending.CreateImage;
import imageferry.copying.ending.SweepReport;
import imageferry.id.CopyId;
import imageferry.image.Image;
import imageferry.image.Images;
import imageferry.image.Labels;
import imageferry.ledger.Change;
import imageferry.ledger.Condition;
import imageferry.ledger.Write;
import imageferry.rule.Code;
import imageferry.rule.Result;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Rule 4: the source is locked by the set of its running copies. Each copy releases its own lock when it ends, once.
 */
class SourceLockTest {
    private final InMemoryService service = new InMemoryService();
    private final RecordedExecutions executions = new RecordedExecutions();
    private final Image source = service.image("golden");
    private final CopyId ending = copy("first");
    private final CopyId other = copy("second");

    /** The ends of a copy. Each may be repeated. */
    enum End {
        COMPLETION {
            @Override
            void of(CopyId copy, SourceLockTest test) {
                if (test.service.copies.require(copy).status().live()) {
                    test.service.finish(copy);
                }
                new CreateImage(
                                test.service.ledger,
                                test.service.copies,
                                test.service.store,
                                test.service.granting,
                                test.service.clock)
                        .create(copy);
            }
        },
        FAILURE {
            @Override
            void of(CopyId copy, SourceLockTest test) {
                test.service.settling.settle(copy, OUTAGE);
            }
        },
        CANCEL {
            @Override
            void of(CopyId copy, SourceLockTest test) {
                new CancelCopy(test.service.ledger, test.service.visible, test.service.copies, test.service.clock)
                        .cancel(OWNER, test.service.made(copy).id().value());
                test.service.settling.settle(copy, OUTAGE);
            }
        },
        SWEEPER {
            @Override
            void of(CopyId copy, SourceLockTest test) {
                test.executions.states.put(copy, Executions.State.FAILED);
                test.executions.states.putIfAbsent(test.other, Executions.State.RUNNING);
                test.service.passes(Duration.ofMinutes(6));
                assertThat(test.sweep().failures()).isEmpty();
            }
        };

        abstract void of(CopyId copy, SourceLockTest test);
    }

    @Test
    void several_copies_lock_their_source_together() {
        assertThat(lock()).containsExactlyInAnyOrder(ending, other);
    }

    @Test
    void deleting_the_source_is_refused_with_the_id_of_every_copy_that_holds_it() {
        for (var force : List.of(false, true)) {
            var refused = delete(force);

            assertThat(codes(refused)).containsExactly(Code.IMAGE_COPYING);
            assertThat(violations(refused).getFirst().detail())
                    .contains(ending.value(), other.value())
                    .contains("POST /images/" + service.made(ending).id() + "/cancel-copy")
                    .contains("POST /images/" + service.made(other).id() + "/cancel-copy");
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_copy_that_ends_releases_its_own_lock_alone(End end) {
        end.of(ending, this);

        assertThat(service.copies.require(ending).status().ended()).isTrue();
        assertThat(lock()).containsExactly(other);
        assertThat(violations(delete(true)).getFirst().detail())
                .contains(other.value())
                .doesNotContain(ending.value());
    }

    @ParameterizedTest
    @EnumSource
    void a_lock_is_released_once_when_the_end_is_repeated(End end) {
        end.of(ending, this);
        lockAgain(ending);

        end.of(ending, this);
        end.of(ending, this);

        assertThat(lock()).containsExactlyInAnyOrder(ending, other);
    }

    @ParameterizedTest
    @EnumSource
    void once_all_copies_have_ended_the_source_can_be_deleted(End end) {
        end.of(ending, this);
        end.of(other, this);

        assertThat(lock()).isEmpty();
        assertThat(accepted(delete(false))).isEmpty();
        assertThat(service.images.find(source.id())).isEmpty();
    }

    private CopyId copy(String name) {
        var target = new TargetRequest(AWAY.name(), name, Labels.NONE, List.of());
        var group = accepted(service.requestCopies()
                .request(OWNER, new RequestCopies.Request(source.id().value(), List.of(target), null, null)));
        return new Groups(service.ledger).find(group).orElseThrow().copies().getFirst();
    }

    private Set<CopyId> lock() {
        return service.image(source.id()).uses().copyingTo();
    }

    private void lockAgain(CopyId copy) {
        service.ledger.commit(List.of(
                Write.update(Images.key(source.id()), Condition.exists(), Change.include("copyingTo", Set.of(copy)))));
    }

    private Result<Optional<Image>> delete(boolean force) {
        return service.deleting().delete(OWNER, source.id().value(), force);
    }

    private SweepReport sweep() {
        return service.sweeping(executions).sweep(service.now());
    }
}
