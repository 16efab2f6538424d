package no.front.vakt.standalone.up;

import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import no.front.vakt.standalone.LogFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;

/** {@code bin/vakt up}: the household in the foreground until Ctrl-C. */
@Command(
    name = "up",
    description = "Starts everything in this process and keeps it up until Ctrl-C.",
    mixinStandardHelpOptions = true)
public final class UpCommand implements Callable<Integer> {
  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description =
          "A setting, stronger than vakt.properties and VAKT_* variables; may be repeated.")
  private final Map<String, String> settings = new LinkedHashMap<>();

  @Override
  public Integer call() throws InterruptedException {
    var home = Path.of(System.getProperty("vakt.home", "")).toAbsolutePath();
    var household =
        new Household(
            HouseholdSettings.read(home, System.getenv(), settings),
            Clock.systemUTC(),
            System.out::println,
            UpCommand::setUpProcess);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(household), "stop"));
    household.start();
    household.awaitClosed();
    return ExitCode.OK;
  }

  private static void setUpProcess(Workplace workplace) {
    LogFile.open(workplace.logFile());
    System.setProperty("java.io.tmpdir", workplace.temporaryDirectory().toString());
  }

  private static void stop(Household household) {
    if (!household.isStopping()) {
      System.out.println("Stopping: doors first, then the jobs with a savepoint, the broker last.");
    }
    household.close();
  }
}
