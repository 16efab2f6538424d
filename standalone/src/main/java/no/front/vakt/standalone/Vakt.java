package no.front.vakt.standalone;

import java.util.Locale;
import no.front.vakt.standalone.bench.BenchCommand;
import no.front.vakt.standalone.crash.CrashCommand;
import no.front.vakt.standalone.demo.DemoCommand;
import no.front.vakt.standalone.replay.ReplayCommand;
import no.front.vakt.standalone.up.UpCommand;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.ParameterException;

/**
 * The command line of Vakt. Each command is a class in a room of its own; this one only lists them.
 */
@Command(
    name = "bin/vakt",
    description = "Vakt judges every outgoing SMS before it reaches an operator.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    subcommands = {
      UpCommand.class,
      DemoCommand.class,
      ReplayCommand.class,
      BenchCommand.class,
      CrashCommand.class
    })
public final class Vakt {
  private Vakt() {}

  /** Runs one command and ends the process with its exit code. */
  public static void main(String[] arguments) {
    Locale.setDefault(Locale.ROOT);
    System.exit(runSafely(arguments));
  }

  private static int runSafely(String... arguments) {
    try {
      return run(arguments);
    } catch (Error e) {
      LoggerFactory.getLogger(Vakt.class).info("Unexpected", e);
      System.err.println(unexpected(e));
      return ExitCode.SOFTWARE;
    }
  }

  static int run(String... arguments) {
    return new CommandLine(new Vakt())
        .setExecutionExceptionHandler((e, command, parsed) -> explain(e, command))
        .setParameterExceptionHandler(Vakt::explainUsage)
        .execute(arguments.length == 0 ? new String[] {"--help"} : arguments);
  }

  private static int explain(Exception e, CommandLine command) {
    if (e instanceof Refusal) {
      LoggerFactory.getLogger(Vakt.class).info("Refused: {}", e.getMessage(), e);
      command.getErr().println(e.getMessage());
    } else {
      LoggerFactory.getLogger(Vakt.class).info("Unexpected", e);
      command.getErr().println(unexpected(e));
    }
    return ExitCode.SOFTWARE;
  }

  private static String unexpected(Throwable e) {
    return "Vakt stopped because of something it did not expect: %s. The log file has the details."
        .formatted(e);
  }

  private static int explainUsage(ParameterException e, String[] arguments) {
    var command = e.getCommandLine();
    command
        .getErr()
        .println(
            "%s. See '%s --help'."
                .formatted(e.getMessage(), command.getCommandSpec().qualifiedName()));
    return ExitCode.USAGE;
  }
}
