package imageferry.simulation;

import imageferry.id.InstanceId;
import imageferry.instance.Instance;
import imageferry.rule.Result;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/** Sends users' requests to the service, repeats those without an answer, and checks the answers. */
final class RequestSender {
    private static final long SECOND = 1_000_000;
    /** The longest wait of API Gateway. */
    private static final long LONGEST = 29 * SECOND;

    private final World world;
    private final Map<String, Object> answers = new HashMap<>();

    RequestSender(World world) {
        this.world = world;
    }

    /** Sends a request once, or twice at the same time where that must make no difference. */
    void ask(String name, Users.Request request, SplittableRandom chance) {
        askOnce(name, request, chance);
        if (!request.token().isEmpty() && chance.nextInt(4) == 0) {
            askOnce(name + " twice", request, chance);
        }
    }

    private void askOnce(String name, Users.Request request, SplittableRandom chance) {
        world.trace.add(world.strands.now(), name, request.words(), () -> "");
        world.invocations.begin(
                name,
                LONGEST,
                request.call().andThen(Optional::of),
                failure -> Optional.<Result<?>>empty(),
                answer -> answer.ifPresentOrElse(
                        result -> check(request, result), () -> askAgain(name, request, chance)));
    }

    private void askAgain(String name, Users.Request request, SplittableRandom chance) {
        if (chance.nextBoolean() && !world.troubles.ended()) {
            world.strands.after(chance.nextLong(SECOND), 0, () -> askOnce(name + " again", request, chance));
        }
    }

    private void check(Users.Request request, Result<?> result) {
        switch (result) {
            case Result.Accepted<?>(var value) -> {
                world.reach(request.verb() + " accepted");
                world.verdict.require(
                        request.truth().test(world.table, value),
                        "What is answered is true",
                        () -> request.words() + " was answered " + value);
                compare(request, value instanceof Instance instance ? instance.id() : value);
            }
            case Result.Rejected<?>(var violations) -> {
                world.reach(request.verb() + " " + violations.getFirst().code());
                compare(request, violations);
            }
        }
    }

    private boolean isGone(Object answer) {
        return answer instanceof InstanceId id
                && world.table.read("INSTANCE#" + id, "INSTANCE").isEmpty();
    }

    /** A refusal may become another one, or an acceptance. An accepted request remains accepted. */
    private void compare(Users.Request request, Object answer) {
        if (!request.token().isEmpty()) {
            var first = answers.put(request.token(), answer);
            world.verdict.require(
                    first == null || first instanceof List || first.equals(answer) || isGone(first),
                    "The same request gets the same answer",
                    () -> request.words() + " was answered " + first + ", then " + answer);
        }
    }
}
