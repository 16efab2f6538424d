package no.front.vakt.standalone.crash;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import no.front.vakt.standalone.LogFile;
import no.front.vakt.standalone.outside.OwnPlace;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code bin/vakt crash}: the long proof that a crash loses nothing. */
@Command(
    name = "crash",
    description = {
      "Starts a Vakt of its own, hands messages in over HTTPS while policies change, kills it with",
      "SIGKILL again and again, and proves from its logs that nothing was lost, sent twice or let",
      "through above a limit. Exit code 1 on any violation. Takes minutes and some gigabytes."
    },
    mixinStandardHelpOptions = true)
public final class CrashCommand implements Callable<Integer> {
  @Option(
      names = "--submissions",
      defaultValue = "100000",
      description = "Messages to hand in (default: ${DEFAULT-VALUE}).")
  private int submissions;

  @Option(
      names = "--kills",
      defaultValue = "10",
      description = "How often to kill (default: ${DEFAULT-VALUE}).")
  private int kills;

  @Option(
      names = "--seed",
      defaultValue = "1",
      description = "Decides traffic, policies and moments (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--rate",
      defaultValue = "600",
      description = "Messages a second while the door answers (default: ${DEFAULT-VALUE}).")
  private double perSecond;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "A setting of the Vakt that is killed; may be repeated.")
  private final Map<String, String> more = new LinkedHashMap<>();

  @Option(names = "--directory", description = "Where to work (default: below the temp directory).")
  private Path directory = Path.of(System.getProperty("java.io.tmpdir"));

  @Option(names = "--keep", description = "Leave logs, keys and checkpoints for looking at.")
  private boolean isKept;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    if (submissions < 1 || kills < 0 || !(perSecond > 0)) {
      throw new ParameterException(
          spec.commandLine(),
          "--submissions and --rate must be more than 0, --kills must not be less");
    }
    Path logs = Path.of(System.getProperty("vakt.home", ""), "var", "log");
    LogFile.open(logs.resolve("crash.log"));
    Path work = Files.createTempDirectory(directory, "vakt-crash-");
    CrashSettings settings =
        new CrashSettings(
            submissions,
            kills,
            seed,
            perSecond,
            CrashSettings.USUAL_CUSTOMERS,
            true,
            CrashSettings.USUAL_PATIENCE);
    try {
      CrashReport report =
          new CrashTrial(settings, new OwnPlace(work, "vakt", told()), System.out::println).run();
      report.lines().forEach(System.out::println);
      tellAll(report, logs.resolve("crash-violations.txt"));
      return verdict(report);
    } finally {
      if (isKept) {
        System.out.println("Kept for looking at: " + work);
      } else {
        delete(work);
      }
    }
  }

  /**
   * The settings, with a burst limit that so many customers with so many rules do not reach, so
   * that each alert is told one by one.
   */
  private Map<String, String> told() {
    Map<String, String> told = new LinkedHashMap<>();
    told.put("alerts.burstLimit", "1000");
    told.putAll(more);
    return told;
  }

  /** The table shows a few of each check; whoever hunts one needs them all. */
  private static void tellAll(CrashReport report, Path file) throws IOException {
    if (!report.violations().isEmpty()) {
      Files.write(file, report.violations());
      System.out.println();
      System.out.println("All violations: " + file);
    }
  }

  private int verdict(CrashReport report) {
    List<String> against = report.against();
    System.out.println();
    System.out.println(against.isEmpty() ? "PASS" : "FAIL: " + String.join("; ", against));
    return against.isEmpty() ? ExitCode.OK : ExitCode.SOFTWARE;
  }

  private static void delete(Path directory) throws IOException {
    try (var files = Files.walk(directory)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    }
  }
}
