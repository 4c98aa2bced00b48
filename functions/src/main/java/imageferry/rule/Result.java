package imageferry.rule;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** The answer of a use case: a value, or every violated rule. */
public sealed interface Result<T> {
    record Accepted<T>(T value) implements Result<T> {}

    /** At least one violation; the first names the answer's code. */
    record Rejected<T>(List<Violation> violations) implements Result<T> {
        public Rejected {
            violations = List.copyOf(violations);
            if (violations.isEmpty()) {
                throw new IllegalArgumentException("A rejection needs a reason");
            }
        }
    }

    static <T> Result<T> accepted(T value) {
        return new Accepted<>(value);
    }

    static <T> Result<T> rejected(List<Violation> violations) {
        return new Rejected<>(violations);
    }

    static <T> Result<T> rejected(Code code, String field, Object value, String detail) {
        return new Rejected<>(List.of(Violation.of(code, field, value, detail)));
    }

    /** The violated rules; empty when accepted. */
    default List<Violation> violations() {
        return List.of();
    }

    /** Returns this answer, or the other one, if any, in place of a rejection. */
    default Result<T> orElse(Supplier<Optional<Result<T>>> other) {
        return switch (this) {
            case Accepted<T> accepted -> accepted;
            case Rejected<T> rejected -> other.get().orElse(rejected);
        };
    }

    default <R> Result<R> then(Function<T, Result<R>> next) {
        return switch (this) {
            case Accepted<T>(T value) -> next.apply(value);
            case Rejected<T>(List<Violation> violations) -> new Rejected<>(violations);
        };
    }

    default <R> Result<R> map(Function<T, R> change) {
        return then(value -> accepted(change.apply(value)));
    }
}
