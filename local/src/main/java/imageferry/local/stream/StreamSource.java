package imageferry.local.stream;

import java.util.List;

/** Gives the changes of a table in their order, from where the mapping stopped. */
@FunctionalInterface
interface StreamSource {
    /** The next records, at most so many; none when nothing has happened since. */
    List<StreamRecord> next(int limit);
}
