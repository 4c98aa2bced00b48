package imageferry.bench.start;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A way to start a JVM.
 *
 * @param training what a JVM is started with before, once for each function, to write the archive that the starts then use
 */
record Jvm(String name, List<String> options, List<String> training) {
    /** As Lambda's java25 runtime chooses them: the first compiler alone, and the serial collector below 1,792 MB. */
    private static final List<String> LAMBDA = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

    /** Everything is compared with the first. */
    static List<Jvm> all(Path archives) {
        var cds = archives.resolve("functions.jsa");
        var aot = archives.resolve("functions.aot");
        return List.of(
                new Jvm("as Lambda starts it", LAMBDA, List.of()),
                new Jvm("both compilers", List.of("-XX:+UseSerialGC"), List.of()),
                new Jvm("no archive at all", and("-Xshare:off"), List.of()),
                new Jvm(
                        "class data archive",
                        and("-XX:SharedArchiveFile=" + cds),
                        and("-XX:ArchiveClassesAtExit=" + cds)),
                new Jvm("AOT cache", and("-XX:AOTCache=" + aot), and("-XX:AOTCacheOutput=" + aot)));
    }

    private static List<String> and(String option) {
        return Stream.concat(LAMBDA.stream(), Stream.of(option)).toList();
    }

    boolean needsTraining() {
        return !training.isEmpty();
    }
}
