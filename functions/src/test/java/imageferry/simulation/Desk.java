package imageferry.simulation;

import imageferry.instance.Instance;
import imageferry.rule.Result;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/** Takes what users ask for to the service, again where no answer came, and looks whether the answers are true. */
final class Desk {
    private static final long SECOND = 1_000_000;
    /** What API Gateway waits for. */
    private static final long LONGEST = 29 * SECOND;

    private final World world;
    private final Map<String, Object> answers = new HashMap<>();

    Desk(World world) {
        this.world = world;
    }

    void ask(String name, Users.Request request, SplittableRandom chance) {
        world.trace.add(world.strands.now(), name, request.words(), () -> "");
        world.invocations.begin(
                name,
                LONGEST,
                request.call().andThen(Optional::of),
                failure -> Optional.<Result<?>>empty(),
                answer -> answer.ifPresentOrElse(
                        result -> judge(request, result), () -> askAgain(name, request, chance)));
    }

    private void askAgain(String name, Users.Request request, SplittableRandom chance) {
        if (chance.nextBoolean() && !world.troubles.ended()) {
            world.strands.after(chance.nextLong(SECOND), 0, () -> ask(name + " again", request, chance));
        }
    }

    private void judge(Users.Request request, Result<?> result) {
        if (!(result instanceof Result.Accepted<?>(var value))) {
            return;
        }
        world.verdict.require(
                request.truth().test(world.table, value),
                "What is answered is true",
                () -> request.words() + " was answered " + value);
        if (!request.token().isEmpty()) {
            Object answer = value instanceof Instance instance ? instance.id() : value;
            var first = answers.putIfAbsent(request.token(), answer);
            world.verdict.require(
                    first == null || first.equals(answer),
                    "The same request gets the same answer",
                    () -> request.words() + " was answered " + first + ", then " + answer);
        }
    }
}
