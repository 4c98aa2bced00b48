package imageferry.local.stream;

import java.util.List;

/** Returns the changes of a table in order, from the mapping's saved position. */
@FunctionalInterface
interface StreamSource {
    /** Returns the next records, up to a limit; none when nothing has happened since. */
    List<StreamRecord> next(int limit);
}
