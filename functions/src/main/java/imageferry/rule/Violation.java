package imageferry.rule;

import java.util.Optional;

/**
 * One broken rule.
 *
 * @param field the field at fault, as {@code targets[1].region}; empty when it is the resource itself
 * @param value the offending value; empty when none was given
 * @param detail a sentence with the fault, the value and the fix
 */
public record Violation(Code code, String field, String value, String detail) {
    public static Violation of(Code code, String field, Object value, String detail) {
        return new Violation(code, field, value.toString(), detail);
    }

    /** The violation when the rule is broken, otherwise empty. */
    public static Optional<Violation> when(boolean broken, Code code, String field, Object value, String detail) {
        return broken ? Optional.of(of(code, field, value, detail)) : Optional.empty();
    }

    /** The same violation of a field inside this one, as {@code targets[1]}. */
    public Violation within(String outer) {
        return new Violation(code, field.isEmpty() ? outer : outer + "." + field, value, detail);
    }
}
