package imageferry.bench;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;

/** Entry point of {@code ./imageferry bench}. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        System.exit(run(arguments));
    }

    /** Runs the bench and returns its exit status; 2 for a wrong argument. */
    static int run(String... arguments) {
        return new CommandLine(new BenchCommand())
                .setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8))
                .setParameterExceptionHandler(Main::misused)
                .execute(arguments);
    }

    private static int misused(CommandLine.ParameterException mistake, String[] arguments) {
        var command = mistake.getCommandLine();
        command.getErr().println(mistake.getMessage() + "; see ./imageferry bench --help.");
        return command.getCommandSpec().exitCodeOnInvalidInput();
    }
}
