package imageferry.local.command;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/** The {@code imageferry} command. Every foreseeable trouble is one sentence and a non-zero exit. */
@Command(
        name = "imageferry",
        description = "Copies custom machine images between cloud regions, and proves every byte.",
        subcommands = {LocalCommand.class, DemoCommand.class, ChecksumCommand.class, HelpCommand.class},
        footer = {
            "",
            "imageferry bench [--json FILE] measures the copy engine beside the tools that people use; see"
                    + " imageferry bench --help."
        },
        mixinStandardHelpOptions = true,
        version = "imageferry 1.0.0")
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        System.exit(run(arguments));
    }

    /** Runs one command and answers its exit status. */
    static int run(String... arguments) {
        return new CommandLine(new Main())
                .setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8))
                .setExecutionExceptionHandler(Main::explain)
                .execute(arguments);
    }

    private static int explain(Exception trouble, CommandLine command, CommandLine.ParseResult parsed)
            throws Exception {
        if (trouble instanceof Explained) {
            command.getErr().println(trouble.getMessage());
            return 1;
        }
        throw trouble;
    }
}
