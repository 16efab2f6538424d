package no.front.vakt.standalone.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import no.front.vakt.standalone.LogFile;
import no.front.vakt.standalone.Refusal;
import no.front.vakt.standalone.up.Household;
import no.front.vakt.standalone.up.HouseholdSettings;
import no.front.vakt.standalone.up.Workplace;
import no.front.vakt.testdata.scenario.DemoDay;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code bin/vakt demo}: a household of its own, and a day of traffic through it. */
@Command(
    name = "demo",
    description = {
      "Starts everything, plays a day of made-up traffic through the real doors, tells what was",
      "stopped and why, and keeps running until Ctrl-C. It has data, keys and policies of its own;",
      "its policies are written anew at each start, and may be edited while it runs."
    },
    mixinStandardHelpOptions = true)
public final class DemoCommand implements Callable<Integer> {
  private static final Map<String, String> OWN_SETTINGS =
      Map.of(
          "data.directory", "var/demo",
          "keys.directory", "keys/demo",
          "policies.directory", "var/demo/policies",
          // The demo calls for all its customers and says, as a proxy would, whence.
          "verdict-api.web.trustedProxies", "127.0.0.1");

  private static final double MOST_MINUTES = 960;

  @Option(
      names = "--minutes",
      paramLabel = "N",
      defaultValue = "3",
      description = "How long the day takes, up to 960 (its real length); default: 3.")
  private double minutes;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Another seed, another day; default: 1.")
  private long seed;

  @Option(
      names = "--share",
      paramLabel = "PERCENT",
      defaultValue = "100",
      description = "How much of the day's traffic is sent, 1 to 100; default: 100.")
  private int sharePercent;

  @Option(
      names = "--leave",
      description = "End after the closing table; 1 if it is not as it should be.")
  private boolean leave;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "A setting, as of 'bin/vakt up'; may be repeated.")
  private final Map<String, String> settings = new LinkedHashMap<>();

  @Spec private @Nullable CommandSpec spec;

  private volatile @Nullable DemoRun run;

  @Override
  public Integer call() throws InterruptedException {
    check(minutes > 0 && minutes <= MOST_MINUTES, "--minutes must be above 0 and at most 960");
    check(sharePercent >= 1 && sharePercent <= 100, "--share must be from 1 to 100");
    var takes = Duration.ofMillis(Math.round(minutes * 60_000));
    var house = settings();
    lay(house, DemoDay.policyFiles(DemoDay.pace(takes)));
    var household = new Household(house, Clock.systemUTC(), this::say, DemoCommand::setUpProcess);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(household), "stop"));
    household.startWithoutGreeting();
    var day =
        new DemoRun(
            new LiveHouse(household, house),
            DemoDay.of(seed, sharePercent / 100.0),
            takes,
            Clock.systemUTC(),
            System.out);
    run = day;
    var result = day.play();
    if (leave) {
      household.close();
      return result.isAsItShouldBe() ? ExitCode.OK : ExitCode.SOFTWARE;
    }
    say("Everything stays up until Ctrl-C.");
    household.awaitClosed();
    return ExitCode.OK;
  }

  private void check(boolean isRight, String message) {
    if (!isRight && spec != null) {
      throw new ParameterException(spec.commandLine(), message);
    }
  }

  private HouseholdSettings settings() {
    var home = Path.of(System.getProperty("vakt.home", "")).toAbsolutePath();
    var all = new LinkedHashMap<>(OWN_SETTINGS);
    all.putAll(settings);
    return HouseholdSettings.read(home, System.getenv(), all);
  }

  /** Makes what only its owner may read, and writes the customers' policies. */
  private static void lay(HouseholdSettings house, Map<String, String> policies) {
    var ownerOnly =
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    try {
      Files.createDirectories(house.keysDirectory(), ownerOnly);
      Files.createDirectories(house.dataDirectory(), ownerOnly);
      Files.createDirectories(house.policiesDirectory(), ownerOnly);
      for (var policy : policies.entrySet()) {
        Files.writeString(house.policiesDirectory().resolve(policy.getKey()), policy.getValue());
      }
    } catch (IOException e) {
      throw new Refusal("The demo's directories cannot be made: %s.".formatted(e.getMessage()), e);
    }
  }

  private static void setUpProcess(Workplace workplace) {
    LogFile.open(workplace.logFile());
    System.setProperty("java.io.tmpdir", workplace.temporaryDirectory().toString());
  }

  private void say(String line) {
    var running = run;
    if (running == null) {
      System.out.println(line);
    } else {
      running.say(line);
    }
  }

  private static void stop(Household household) {
    if (!household.isStopping()) {
      System.out.println("Stopping: doors first, then the jobs with a savepoint, the broker last.");
    }
    household.close();
  }
}
