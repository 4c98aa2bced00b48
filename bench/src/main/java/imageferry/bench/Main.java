package imageferry.bench;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;

/** {@code ./imageferry bench}. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        var status = new CommandLine(new BenchCommand())
                .setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8))
                .execute(arguments);
        System.exit(status);
    }
}
