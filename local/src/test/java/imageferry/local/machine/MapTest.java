package imageferry.local.machine;

import static imageferry.local.machine.RunningMachine.error;
import static imageferry.local.machine.RunningMachine.output;
import static org.assertj.core.api.Assertions.assertThat;

import imageferry.local.machine.definition.Json;
import java.nio.file.Path;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An inline Map sends each item through its own flow. */
@Timeout(30)
class MapTest {
    private static final String MACHINE = """
            StartAt: Prepare
            States:
              Prepare: {Type: Pass, Assign: {copy: c-1}, Next: Copy Parts}
              Copy Parts:
                Type: Map
                Items: '{% $states.input.batches %}'
                ItemSelector:
                  copyId: '{% $copy %}'
                  batch: '{% $states.context.Map.Item.Value %}'
                  index: '{% $states.context.Map.Item.Index %}'
                MaxConcurrency: "{% $number('3') %}"
                ItemProcessor:
                  ProcessorConfig: {Mode: INLINE}
                  StartAt: Copy Batch
                  States:
                    Copy Batch:
                      Type: Task
                      Resource: arn:aws:states:::lambda:invoke
                      Arguments: {FunctionName: copy, Payload: '{% $states.input %}'}
                      Assign: {own: '{% $states.input.index %}'}
                      Output: {done: '{% $states.result.Payload %}', input: '{% $states.input %}'}
                      Next: Copied?
                    Copied?:
                      Type: Choice
                      Choices:
                        - {Condition: '{% $states.input.done = true %}', Next: Copied}
                      Default: Copy Batch
                      Output: '{% $states.input.input %}'
                    Copied: {Type: Succeed, Output: "{% $copy & '/' & $own & '/' & $states.input.input.batch %}"}
                Catch:
                  - {ErrorEquals: [Broken], Next: Settled}
                Next: Settled
              Settled: {Type: Succeed}
            """;

    @TempDir
    Path folder;

    private ExecutionDescription run(String input, FakeFunctions.Function copy) throws Exception {
        var functions = new FakeFunctions().with("copy", copy);
        try (var running = new RunningMachine(folder, MACHINE, functions, new FakeTime())) {
            return running.run(input);
        }
    }

    private static InvocationResult done() {
        return FakeFunctions.answer("true");
    }

    @Test
    void results_keep_the_order_of_the_items() throws Exception {
        var end = run("{\"batches\":[7,8,9]}", it -> done());

        assertThat(output(end)).isEqualTo(Json.read("[\"c-1/0/7\",\"c-1/1/8\",\"c-1/2/9\"]"));
    }

    @Test
    void an_empty_list_gives_an_empty_list() throws Exception {
        assertThat(output(run("{\"batches\":[]}", it -> done()))).isEqualTo(Json.read("[]"));
    }

    @Test
    void an_item_repeats_its_states_until_it_is_done() throws Exception {
        var calls = new AtomicInteger();
        var end = run("{\"batches\":[7]}", it -> FakeFunctions.answer(calls.incrementAndGet() == 4 ? "true" : "false"));

        assertThat(output(end)).isEqualTo(Json.read("[\"c-1/0/7\"]"));
        assertThat(calls).hasValue(4);
    }

    @Test
    void at_most_the_allowed_number_runs_at_once() throws Exception {
        var together = new CyclicBarrier(3);
        var now = new AtomicInteger();
        var most = new AtomicInteger();
        run("{\"batches\":[1,2,3,4,5,6]}", it -> {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            try {
                together.await();
            } catch (BrokenBarrierException e) {
                throw new AssertionError(e);
            }
            now.decrementAndGet();
            return done();
        });

        assertThat(most).hasValueLessThanOrEqualTo(3);
    }

    @Test
    void one_failure_fails_the_map_with_its_own_name() throws Exception {
        var end = run(
                "{\"batches\":[1,2,3]}",
                it -> it.path("batch").asInt() == 2 ? FakeFunctions.error("Broken", "part 5") : done());

        assertThat(end.status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(output(end).path("Error").asText()).isEqualTo("Broken");
    }

    @Test
    void items_begin_in_their_order() throws Exception {
        var functions = new FakeFunctions().with("copy", it -> done());
        try (var running = new RunningMachine(
                folder, MACHINE.replace("$number('3')", "$number('1')"), functions, new FakeTime())) {
            running.run("{\"batches\":[1,2,3,4,5,6,7,8]}");
        }

        assertThat(functions.calls)
                .extracting(call -> call.payload().path("batch").asInt())
                .containsExactly(1, 2, 3, 4, 5, 6, 7, 8);
    }

    @Test
    void no_item_begins_after_one_has_failed() throws Exception {
        var functions = new FakeFunctions().with("copy", it -> FakeFunctions.error("Broken", "part 5"));
        try (var running = new RunningMachine(
                folder, MACHINE.replace("$number('3')", "$number('1')"), functions, new FakeTime())) {
            running.run("{\"batches\":[1,2,3]}");
        }

        assertThat(functions.calls).hasSize(1);
    }

    @Test
    void a_value_that_is_not_a_list_is_refused() throws Exception {
        assertThat(error(run("{\"batches\":7}", it -> done()))).isEqualTo("States.QueryEvaluationError");
    }
}
