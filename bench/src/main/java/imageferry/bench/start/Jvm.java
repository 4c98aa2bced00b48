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
    private static final String FIRST_COMPILER = "-XX:TieredStopAtLevel=1";
    private static final String SERIAL = "-XX:+UseSerialGC";

    /** As Lambda's java25 runtime starts a function that has no SnapStart: the first compiler alone. */
    static final List<String> LAMBDA = List.of(FIRST_COMPILER, SERIAL);

    /** Everything is compared with the first. A JVM that cannot use its archive is to fail, not to start without it. An archive's folder is new for each function: paths are as in its training. */
    static List<Jvm> all(Path archives) {
        var cds = archives.resolve("functions.jsa");
        var aot = archives.resolve("functions.aot");
        return List.of(
                new Jvm("as Lambda starts it", LAMBDA, List.of()),
                new Jvm("both compilers, as with SnapStart", List.of(SERIAL), List.of()),
                new Jvm("G1 instead of the serial collector", List.of(FIRST_COMPILER, "-XX:+UseG1GC"), List.of()),
                new Jvm("without the JDK's own class data archive", and("-Xshare:off"), List.of()),
                new Jvm(
                        "with a class data archive of ours",
                        and("-XX:SharedArchiveFile=" + cds, "-Xshare:on"),
                        and("-XX:ArchiveClassesAtExit=" + cds)),
                new Jvm(
                        "with an AOT cache of ours",
                        and("-XX:AOTCache=" + aot, "-XX:AOTMode=on"),
                        and("-XX:AOTCacheOutput=" + aot)));
    }

    private static List<String> and(String... options) {
        return Stream.concat(LAMBDA.stream(), Stream.of(options)).toList();
    }

    boolean needsTraining() {
        return !training.isEmpty();
    }
}
