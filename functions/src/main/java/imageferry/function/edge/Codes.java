package imageferry.function.edge;

import imageferry.rule.Code;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/** Error codes as the contract names them. */
final class Codes {
    /** The contract's extension for the error code of a schema. */
    static final String KEY = "x-imageferry-code";

    private static final Map<String, Code> BY_NAME =
            Arrays.stream(Code.values()).collect(Collectors.toMap(Code::toString, code -> code));

    private Codes() {}

    /** The code of that name; {@code InvalidParameter} when the contract names none. */
    static Code of(String name) {
        return BY_NAME.getOrDefault(name, Code.INVALID_PARAMETER);
    }
}
