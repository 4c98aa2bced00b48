package imageferry.local.conformance;

import static imageferry.local.conformance.Case.Answer.failure;
import static imageferry.local.conformance.Case.Answer.success;

import java.util.List;
import java.util.stream.Stream;

/** The table: every kind of state, error and wait of the shipped machine, and related ones. */
final class Cases {
    /**
     * A Task that calls the function with its input. The Choice before it leads to states that a case may leave
     * unreached.
     */
    private static final String TASK = """
            StartAt: Begin
            States:
              Begin:
                Type: Choice
                Choices:
                  - {Condition: "{% $states.input = 'settle' %}", Next: Settle}
                  - {Condition: "{% $states.input = 'other' %}", Next: Other}
                Default: Work
              Work:
                Type: Task
                Resource: arn:aws:states:::lambda:invoke
                TimeoutSeconds: TIMEOUT
                Arguments:
                  FunctionName: scripted
                  Payload: "{% $merge([$states.input, {'attempt': $exists($states.context.State.RetryCount) ? $states.context.State.RetryCount : 0}]) %}"
            HANDLING
                Output: {done: '{% $states.result.Payload %}'}
                End: true
              Settle:
                Type: Succeed
                Output: {settled: '{% $states.input %}'}
              Other:
                Type: Succeed
                Output: other
            """;

    private static final String CATCH_ALL = """
            Catch:
              - ErrorEquals: [States.ALL]
                Output: "{% $merge([$states.input, {'error': $states.errorOutput}]) %}"
                Next: Settle
            """;

    private static final String PARK = """
            StartAt: Begin
            States:
              Begin:
                Type: Choice
                Choices:
                  - {Condition: "{% $states.input = 'settle' %}", Next: Settle}
                Default: Await
              Await:
                Type: Task
                Resource: arn:aws:states:::lambda:invoke.waitForTaskToken
                TimeoutSeconds: TIMEOUT
                Arguments:
                  FunctionName: scripted
                  Payload: "{% $merge([$states.input, {'taskToken': $states.context.Task.Token}]) %}"
            HANDLING
                Output: {woken: '{% $states.result %}'}
                End: true
              Settle:
                Type: Succeed
                Output: {settled: '{% $states.input %}'}
            """;

    private static final String MAP = """
            StartAt: Prepare
            States:
              Prepare: {Type: Pass, Assign: {copy: c-1}, Next: Each}
              Each:
                Type: Map
                Items: 'ITEMS'
                ItemSelector:
                  copyId: '{% $copy %}'
                  item: '{% $states.context.Map.Item.Value %}'
                  index: '{% $states.context.Map.Item.Index %}'
                MaxConcurrency: "{% $number('2') %}"
                ItemProcessor:
                  ProcessorConfig: {Mode: INLINE}
                  StartAt: Work
                  States:
                    Work:
                      Type: Task
                      Resource: arn:aws:states:::lambda:invoke
                      Arguments:
                        FunctionName: scripted
                        Payload: "{% $merge([$states.input, {'answer': $states.input.index}, $states.input.item = 'bad' ? {'throws': 'Corrupt'} : {}]) %}"
                      Assign: {own: '{% $states.input.index %}'}
                      Output: {left: '{% $exists($states.input.left) ? $states.input.left - 1 : 1 %}', item: '{% $states.input.item %}', index: '{% $states.input.index %}'}
                      Next: Done?
                    Done?:
                      Type: Choice
                      Choices:
                        - {Condition: '{% $states.input.left = 0 %}', Next: Done}
                      Default: Work
                    Done:
                      Type: Succeed
                      Output: "{% $copy & '/' & $own & '/' & $states.input.item %}"
                Catch:
                  - {ErrorEquals: [imageferry.function.error.SnapshotCorrupt], Output: {error: '{% $states.errorOutput.Error %}'}, Next: End}
                Output: {all: '{% $states.result %}', before: '{% $states.input %}'}
                Next: End
              End: {Type: Succeed}
            """;

    private static final String CHOICE = """
            StartAt: Which?
            States:
              Which?:
                Type: Choice
                Choices:
                  - {Condition: '{% $states.input.n > 10 %}', Output: {size: big}, Assign: {seen: big}, Next: Done}
                  - {Condition: '{% $states.input.n > 5 %}', Next: Done}
                  - {Condition: "{% $not($states.input.n in [1, 2]) %}", Next: Done}
            DEFAULT
              Done: {Type: Succeed}
            """;

    private Cases() {}

    static List<Case> all() {
        return Stream.of(shapes(), choices(), fails(), maps(), retries(), catches(), tokens(), limits())
                .flatMap(group -> group)
                .toList();
    }

    private static Case task(String name, String handling, String input) {
        return task(name, handling, 60, input);
    }

    private static Case task(String name, String handling, int timeout, String input) {
        return Case.of(name, filled(TASK, handling, timeout), input);
    }

    private static Case park(String name, String handling, int timeout, String input) {
        return Case.of(name, filled(PARK, handling, timeout), input);
    }

    private static String filled(String machine, String handling, int timeout) {
        return machine.replace("TIMEOUT", Integer.toString(timeout))
                .replace("HANDLING", handling.strip().indent(4).stripTrailing());
    }

    private static Stream<Case> shapes() {
        return Stream.of(
                Case.of("variables-are-seen-as-they-were-on-entry", """
                        StartAt: One
                        States:
                          One: {Type: Pass, Assign: {n: 1}, Output: '{% $states.input.x %}', Next: Two}
                          Two: {Type: Pass, Assign: {n: '{% $n + 1 %}', m: '{% $n %}'}, Output: '{% $n %}', Next: Three}
                          Three: {Type: Succeed, Output: {n: '{% $n %}', m: '{% $m %}', before: '{% $states.input %}'}}
                        """, "{\"x\":7}")
                        .unlikeLocalStack(
                                "it lets Output see what Assign of the same state assigns; on AWS both see what was there before",
                                "SUCCEEDED {\"n\":2,\"m\":1,\"before\":1}",
                                "SUCCEEDED {\"n\":2,\"m\":1,\"before\":2}"),
                Case.of("the-context-names-execution-and-state", """
                        StartAt: Look
                        States:
                          Look:
                            Type: Succeed
                            Output:
                              execution: '{% $states.context.Execution.Name %}'
                              input: '{% $states.context.Execution.Input %}'
                              state: '{% $states.context.State.Name %}'
                        """, "[1,null]"),
                Case.of("every-state-has-a-retry-count", """
                        StartAt: Look
                        States:
                          Look: {Type: Succeed, Output: '{% $states.context.State.RetryCount %}'}
                        """, "{}")
                        .unlikeLocalStack(
                                "only its Task and Map states have one; AWS documents one for every state",
                                "SUCCEEDED 0",
                                "FAILED States.QueryEvaluationError"),
                Case.of("a-list-of-one-stays-a-list-in-brackets", """
                        StartAt: Shape
                        States:
                          Shape:
                            Type: Succeed
                            Output:
                              bare: '{% $states.input.list %}'
                              wrapped: '{% [$states.input.list] %}'
                              none: '{% [$states.input.absent] %}'
                              mapped: '{% $states.input.list.id %}'
                        """, "{\"list\":[{\"id\":\"a\"}]}"),
                task("a-task-passes-every-kind-of-value", "", """
                        {"text":"ü\\"", "list":[], "one":[1], "map":{}, "real":1.5, "large":9007199254740991}"""),
                task("an-answer-of-null-is-a-value", "", "{\"answer\":null}"),
                Case.of("a-field-that-is-absent-fails-the-query", """
                        StartAt: Look
                        States:
                          Look: {Type: Pass, Output: {x: '{% $states.input.absent %}'}, End: true}
                        """, "{}"),
                Case.of("a-wait-passes-its-input", """
                        StartAt: Rest
                        States:
                          Rest: {Type: Wait, Seconds: '{% $states.input.s %}', Next: Done}
                          Done: {Type: Succeed}
                        """, "{\"s\":1}"));
    }

    private static Stream<Case> choices() {
        var open = CHOICE.replace("DEFAULT\n", "");
        var closed = CHOICE.replace("DEFAULT", "    Default: Done\n    Output: {size: small}");
        return Stream.of(
                Case.of("the-first-condition-that-holds-is-followed", open, "{\"n\":11}"),
                Case.of("a-rule-without-output-passes-the-input", open, "{\"n\":6}"),
                Case.of("a-condition-may-call-functions", open, "{\"n\":3}"),
                Case.of("the-default-has-the-output-of-the-state", closed, "{\"n\":1}"),
                Case.of("no-way-out-is-an-error", open, "{\"n\":1}")
                        .unlikeLocalStack(
                                "it raises States.Runtime; the language has States.NoChoiceMatched for this",
                                "FAILED States.NoChoiceMatched",
                                "FAILED States.Runtime"),
                Case.of(
                                "a-condition-must-be-true-or-false",
                                open.replace("$states.input.n > 10", "$states.input.n"),
                                "{\"n\":1}")
                        .unlikeLocalStack(
                                "it raises States.Runtime; on AWS a query of the wrong type is States.QueryEvaluationError",
                                "FAILED States.QueryEvaluationError",
                                "FAILED States.Runtime"));
    }

    private static Stream<Case> fails() {
        var fail = """
                StartAt: Stop
                States:
                  Stop:
                    Type: Fail
                    Error: '{% $states.input.error.Error %}'
                    Cause: "{% $exists($states.input.error.Cause) ? $states.input.error.Cause : '' %}"
                """;
        return Stream.of(
                Case.of(
                        "a-fail-computes-error-and-cause",
                        fail,
                        "{\"error\":{\"Error\":\"My.Error\",\"Cause\":\"why\"}}"),
                Case.of("a-fail-may-have-no-cause", fail, "{\"error\":{\"Error\":\"My.Error\"}}"),
                Case.of("a-fail-without-error-fails-the-query", fail, "{}"));
    }

    private static Stream<Case> maps() {
        var wrapped = MAP.replace("ITEMS", "{% [$states.input.items] %}");
        var bare = MAP.replace("ITEMS", "{% $states.input.items %}");
        return Stream.of(
                Case.of("results-keep-the-order-of-the-items", wrapped, "{\"items\":[\"a\",\"b\",\"c\",\"d\",\"e\"]}"),
                Case.of("a-map-over-one-item", wrapped, "{\"items\":[\"a\"]}"),
                Case.of("a-map-over-one-item-that-is-no-list", wrapped, "{\"items\":\"a\"}"),
                Case.of("a-map-over-none", wrapped, "{\"items\":[]}"),
                Case.of("a-bare-list-of-one-is-a-list", bare, "{\"items\":[\"a\"]}"),
                Case.of("items-must-be-a-list", bare, "{\"items\":\"a\"}"),
                Case.of(
                        "a-bad-item-fails-the-map-by-its-own-name",
                        wrapped.replace("$number('2')", "1"),
                        "{\"items\":[\"a\",\"bad\",\"c\"]}"),
                Case.of(
                        "a-bad-item-that-nobody-catches-ends-the-execution",
                        wrapped.replace("error.SnapshotCorrupt", "error.Another"),
                        "{\"items\":[\"bad\"]}"));
    }

    private static Stream<Case> retries() {
        var retry = """
                Retry:
                  - {ErrorEquals: [imageferry.function.error.TemporarilyUnavailable], IntervalSeconds: 1, BackoffRate: 1, MaxAttempts: 2}
                  - {ErrorEquals: [States.TaskFailed], IntervalSeconds: 1, MaxAttempts: 1, MaxDelaySeconds: 2, JitterStrategy: FULL}
                """;
        return Stream.of(
                task("a-retry-that-succeeds-is-a-success", retry, "{\"throws\":\"Busy\",\"times\":2,\"answer\":\"x\"}"),
                task("retries-end-after-their-attempts", retry, "{\"throws\":\"Busy\"}"),
                task("another-error-has-attempts-of-its-own", retry, "{\"throws\":\"Corrupt\"}"),
                task(
                        "no-attempts-is-no-retry",
                        retry.replace("MaxAttempts: 2", "MaxAttempts: 0"),
                        "{\"throws\":\"Busy\"}"),
                task(
                        "pauses-grow-by-the-rate-up-to-the-longest",
                        "Retry:\n  - {ErrorEquals: [States.ALL], IntervalSeconds: 1, BackoffRate: 2, MaxDelaySeconds: 3, MaxAttempts: 3}",
                        "{\"throws\":\"Busy\"}"),
                task(
                        "what-a-retry-does-not-say",
                        "Retry:\n  - {ErrorEquals: [States.TaskFailed]}",
                        "{\"throws\":\"Busy\"}"),
                task("what-retries-leave-is-caught", retry + CATCH_ALL, "{\"throws\":\"Busy\"}"),
                task(
                        "a-timeout-is-no-failure-of-the-task",
                        "Retry:\n  - {ErrorEquals: [States.TaskFailed], IntervalSeconds: 1, MaxAttempts: 1}",
                        2,
                        "{\"sleeps\":4}"),
                task(
                        "a-timeout-is-retried-by-its-name",
                        "Retry:\n  - {ErrorEquals: [States.Timeout], IntervalSeconds: 1, MaxAttempts: 1}\n" + CATCH_ALL,
                        2,
                        "{\"sleeps\":4}"));
    }

    private static Stream<Case> catches() {
        var named = """
                Catch:
                  - {ErrorEquals: [imageferry.function.error.CopyCancelled], Next: Other}
                """ + CATCH_ALL.replace("Catch:\n", "");
        return Stream.of(
                task("the-first-catch-that-names-the-error-wins", named, "{\"throws\":\"Cancelled\"}"),
                task("all-catches-the-rest-with-its-cause", named, "{\"throws\":\"Corrupt\",\"id\":1}"),
                task("the-cause-of-a-cause-is-told", CATCH_ALL, "{\"throws\":\"Busy\"}"),
                task("an-error-that-nobody-catches-ends-the-execution", "", "{\"throws\":\"Corrupt\"}"),
                task(
                        "task-failed-catches-a-functions-error",
                        CATCH_ALL.replace("States.ALL", "States.TaskFailed"),
                        "{\"throws\":\"else\"}"),
                task(
                        "a-catch-of-another-error-catches-nothing",
                        CATCH_ALL.replace("States.ALL", "Another"),
                        "{\"throws\":\"Corrupt\"}"),
                broken("a-query-error-is-caught-by-all", CATCH_ALL),
                broken(
                        "a-query-error-is-caught-by-its-name",
                        CATCH_ALL.replace("States.ALL", "States.QueryEvaluationError")),
                broken("a-query-error-is-no-failure-of-the-task", CATCH_ALL.replace("States.ALL", "States.TaskFailed")),
                task("an-error-within-a-catch-ends-the-execution", CATCH_ALL, "7")
                        .unlikeLocalStack(
                                "it raises States.Runtime; on AWS a query that fails is States.QueryEvaluationError everywhere",
                                "FAILED States.QueryEvaluationError",
                                "FAILED States.Runtime"));
    }

    /** A Task whose arguments cannot be computed. */
    private static Case broken(String name, String handling) {
        var machine = filled(TASK, handling, 60).replace(": 0}", ": $number('x')}");
        return Case.of(name, machine, "{\"id\":1}");
    }

    private static Stream<Case> tokens() {
        var again = "Retry:\n  - {ErrorEquals: [Again], IntervalSeconds: 1, MaxAttempts: 1}\n";
        return Stream.of(
                park("a-success-gives-its-output", CATCH_ALL, 60, "{}").answering(success(0, "{\"copyId\":\"c-1\"}")),
                park("a-failure-gives-its-error", CATCH_ALL, 60, "{}")
                        .answering(failure(0, "imageferry.function.error.CopyCancelled", "by its owner")),
                park("a-failure-without-a-cause", "", 60, "{}").answering(failure(0, "My.Error", "")),
                park("a-token-is-answered-once", "", 60, "{}")
                        .answering(success(0, "1"), success(0, "2"))
                        .unlikeLocalStack(
                                "it takes a second answer and forgets the first, until it has gone on and forgets the token; on"
                                        + " AWS the second is TaskTimedOut",
                                "SUCCEEDED {\"woken\":1} [, TaskTimedOut]",
                                "SUCCEEDED {\"woken\":2} [, ]",
                                "SUCCEEDED {\"woken\":1} [, ]",
                                "SUCCEEDED {\"woken\":1} [, InvalidToken]"),
                park("a-wait-ends-in-a-timeout", CATCH_ALL, 3, "{\"id\":1}"),
                park("a-retry-brings-a-new-token", again, 60, "{}")
                        .answering(failure(0, "Again", "try"), success(1, "2"))
                        .unlikeLocalStack(
                                "a Task that it retries keeps its token and the answer to it; on AWS each try brings a new one",
                                "SUCCEEDED {\"woken\":2} [, ]",
                                "FAILED Again"),
                park("what-is-no-token-is-told", "", 60, "{}").answering(success(-1, "1"), success(0, "2")),
                park("an-output-that-is-no-json-is-refused", "", 60, "{}")
                        .answering(success(0, "{"), success(0, "2"))
                        .unlikeLocalStack(
                                "it takes any text, and fails on it unless the next answer is faster; on AWS it is InvalidOutput",
                                "SUCCEEDED {\"woken\":2} [InvalidOutput, ]",
                                "SUCCEEDED {\"woken\":2} [, ]",
                                "FAILED States.Runtime [, ]",
                                "FAILED States.Runtime [, InvalidToken]"),
                park("a-function-that-fails-ends-the-wait", CATCH_ALL, 60, "{\"throws\":\"Cancelled\"}"));
    }

    private static Stream<Case> limits() {
        return Stream.of(
                task("an-answer-of-256-kib-is-too-much", CATCH_ALL, "{\"letters\":262144}")
                        .unlikeLocalStack(
                                "its States.ALL catches this one too; on AWS only its own name does",
                                "FAILED States.DataLimitExceeded",
                                "SUCCEEDED {\"settled\":{\"letters\":262144,\"error\":{\"Error\":\"States.DataLimitExceeded\",\"Cause\":\"\"}}}"),
                task(
                        "too-much-is-caught-by-its-own-name",
                        CATCH_ALL.replace("States.ALL", "States.DataLimitExceeded"),
                        "{\"letters\":262144}"),
                task("a-little-less-is-not", "", "{\"letters\":200000}"));
    }
}
