package imageferry.local.command;

import imageferry.local.data.FailureReason;
import imageferry.local.prove.ProveCommand;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/**
 * The {@code imageferry} command. Every expected failure is one sentence and a non-zero exit: 2 for an argument that is
 * wrong by itself, 1 for anything else.
 */
@Command(
        name = "imageferry",
        description = "Copies custom machine images between cloud regions, and proves every byte.",
        subcommands = {
            LocalCommand.class,
            DemoCommand.class,
            ChecksumCommand.class,
            ProveCommand.class,
            HelpCommand.class
        },
        footer = {
            "",
            "imageferry bench [--json FILE] compares the copy engine with other tools; see"
                    + " imageferry bench --help."
        },
        mixinStandardHelpOptions = true,
        version = "imageferry 1.0.0")
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        System.exit(run(arguments));
    }

    /** Runs one command and returns its exit status. */
    static int run(String... arguments) {
        return new CommandLine(new Main())
                .setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8))
                .setParameterExceptionHandler(Main::misused)
                .setExecutionExceptionHandler(Main::explain)
                .execute(arguments);
    }

    private static int misused(CommandLine.ParameterException mistake, String[] arguments) {
        var command = mistake.getCommandLine();
        if (arguments.length == 0) {
            command.usage(command.getErr());
            return command.getCommandSpec().exitCodeOnInvalidInput();
        }
        var name = command.getParent() == null ? "" : " " + command.getCommandName();
        command.getErr().println(mistake.getMessage() + "; see ./imageferry help" + name + ".");
        return command.getCommandSpec().exitCodeOnInvalidInput();
    }

    private static int explain(Exception trouble, CommandLine command, CommandLine.ParseResult parsed)
            throws Exception {
        if (trouble instanceof Explained explained) {
            command.getErr().println(explained.getMessage());
            return explained.status;
        }
        if (trouble instanceof FileSystemException file) {
            command.getErr().println(file.getFile() + " cannot be used: " + FailureReason.of(file) + ".");
            return 1;
        }
        throw trouble;
    }
}
