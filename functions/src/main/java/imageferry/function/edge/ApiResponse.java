package imageferry.function.edge;

import java.util.Map;

/** An HTTP answer in the form that API Gateway expects. */
public record ApiResponse(int statusCode, Map<String, String> headers, String body) {
    /** Forbids caching, as answers may hold links that give access to a disk. */
    private static final String NOWHERE = "no-store";

    public static ApiResponse ok(Object view) {
        return json(200, view);
    }

    public static ApiResponse created(Object view) {
        return json(201, view);
    }

    /** Answers 202 while the work continues; the view shows how to follow it. */
    public static ApiResponse accepted(Object view) {
        return json(202, view);
    }

    public static ApiResponse noContent() {
        return new ApiResponse(204, Map.of("Cache-Control", NOWHERE), "");
    }

    private static ApiResponse json(int status, Object view) {
        return new ApiResponse(
                status, Map.of("Content-Type", "application/json", "Cache-Control", NOWHERE), Json.text(view));
    }

    static ApiResponse problem(Problem problem) {
        return new ApiResponse(
                problem.status(),
                Map.of("Content-Type", "application/problem+json", "Cache-Control", NOWHERE),
                Json.text(problem));
    }

    static ApiResponse comeBack(Problem problem, int afterSeconds) {
        return new ApiResponse(
                problem.status(),
                Map.of(
                        "Content-Type",
                        "application/problem+json",
                        "Cache-Control",
                        NOWHERE,
                        "Retry-After",
                        Integer.toString(afterSeconds)),
                Json.text(problem));
    }
}
