package no.front.vakt.standalone.up;

import java.io.IOException;
import java.io.Reader;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import no.front.vakt.standalone.Refusal;

/**
 * How this household is set up. Read once at start from, weakest first: the defaults, {@code
 * vakt.properties} beside {@code bin/}, {@code VAKT_*} variables, {@code --set key=value}. All
 * problems are told at once.
 */
public record HouseholdSettings(
    int httpsPort,
    InetAddress bindAddress,
    Optional<DoorIdentity> doorIdentity,
    int brokerPort,
    int controllerPort,
    Path dataDirectory,
    Path keysDirectory,
    Path policiesDirectory,
    int parallelism,
    Duration checkpointInterval,
    Map<String, String> doorSettings) {

  public HouseholdSettings {
    doorSettings = Map.copyOf(doorSettings);
  }

  /** The operator's own certificate for the HTTPS door. */
  public record DoorIdentity(Path certificate, Path key) {}

  static final String FILE = "vakt.properties";

  /** Variables of the launcher {@code bin/vakt}, not settings of the household. */
  private static final Set<String> LAUNCHER_VARIABLES = Set.of("VAKT_HOME", "VAKT_JAVA_OPTS");

  /** What starts like this is a setting of the door, which checks it itself. */
  static final String DOOR_PREFIX = "verdict-api.";

  /**
   * Reads the settings.
   *
   * @param home the directory that relative paths start from and that may hold {@code
   *     vakt.properties}
   * @throws Refusal with every problem found
   */
  public static HouseholdSettings read(
      Path home, Map<String, String> environment, Map<String, String> commandLine) {
    var reading = new Reading(home);
    reading.takeFile();
    reading.takeEnvironment(environment);
    commandLine.forEach((key, value) -> reading.take(key, value, "--set"));
    return reading.settings();
  }

  /** One pass over all sources; collects values and problems. */
  private static final class Reading {
    private final Path home;
    private final Map<Setting, String> values = new EnumMap<>(Setting.class);
    private final Map<String, String> doorSettings = new TreeMap<>();
    private final Set<String> problems = new LinkedHashSet<>();

    Reading(Path home) {
      this.home = home;
      for (var setting : Setting.values()) {
        values.put(setting, setting.byDefault());
      }
    }

    void takeFile() {
      var file = home.resolve(FILE);
      if (!Files.exists(file)) {
        return;
      }
      var properties = new Properties();
      try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
        properties.load(reader);
      } catch (IOException | IllegalArgumentException e) {
        problems.add(FILE + " cannot be read: " + e.getMessage());
      }
      new TreeMap<>(properties)
          .forEach((key, value) -> take(key.toString(), value.toString(), FILE));
    }

    void takeEnvironment(Map<String, String> environment) {
      new TreeMap<>(environment)
          .forEach(
              (name, value) -> {
                if (isOurs(name)) {
                  Setting.findByVariable(name)
                      .ifPresentOrElse(
                          setting -> values.put(setting, value.strip()),
                          () ->
                              problems.add(
                                  "the environment variable " + name + " is not a setting"));
                }
              });
    }

    private static boolean isOurs(String variable) {
      return variable.startsWith("VAKT_") && !LAUNCHER_VARIABLES.contains(variable);
    }

    void take(String key, String value, String source) {
      if (key.startsWith(DOOR_PREFIX)) {
        doorSettings.put(key.substring(DOOR_PREFIX.length()), value.strip());
        return;
      }
      Setting.find(key)
          .ifPresentOrElse(
              setting -> values.put(setting, value.strip()),
              () -> problems.add("%s (%s) is not a setting".formatted(key, source)));
    }

    HouseholdSettings settings() {
      int https = number(Setting.HTTPS_PORT, 1, 65_535);
      int broker = number(Setting.BROKER_PORT, 1, 65_535);
      int controller = number(Setting.CONTROLLER_PORT, 1, 65_535);
      int parallelism = number(Setting.PARALLELISM, 1, 24);
      int checkpointSeconds = number(Setting.CHECKPOINT_SECONDS, 1, 600);
      if (problems.isEmpty() && Stream.of(https, broker, controller).distinct().count() < 3) {
        problems.add("https.port, broker.port and controller.port must be three different ports");
      }
      var address = address();
      var identity = doorIdentity();
      if (!address.isLoopbackAddress() && identity.isEmpty()) {
        problems.add(
            "bind.address %s is not loopback: set door.certificate and door.key to your own, the self-made ones are for this machine only"
                .formatted(address.getHostAddress()));
      }
      var data = path(Setting.DATA_DIRECTORY);
      var keys = path(Setting.KEYS_DIRECTORY);
      if (problems.isEmpty() && (keys.startsWith(data) || data.startsWith(keys))) {
        problems.add(
            "keys.directory and data.directory must lie apart: a copy of the data must not carry the keys");
      }
      var policies = path(Setting.POLICIES_DIRECTORY);
      if (!problems.isEmpty()) {
        throw new Refusal("The settings are not right: " + String.join("; ", problems) + ".");
      }
      return new HouseholdSettings(
          https,
          address,
          identity,
          broker,
          controller,
          data,
          keys,
          policies,
          parallelism,
          Duration.ofSeconds(checkpointSeconds),
          doorSettings);
    }

    private String value(Setting setting) {
      return values.getOrDefault(setting, "");
    }

    private int number(Setting setting, int least, int most) {
      try {
        int number = Integer.parseInt(value(setting));
        if (number >= least && number <= most) {
          return number;
        }
      } catch (NumberFormatException e) {
        // told below, like a number out of range
      }
      problems.add(
          "%s must be a number from %d to %d, not '%s'"
              .formatted(setting.key(), least, most, value(setting)));
      return least;
    }

    private Path path(Setting setting) {
      try {
        return home.resolve(value(setting)).toAbsolutePath().normalize();
      } catch (InvalidPathException e) {
        problems.add("%s is not a path: %s".formatted(setting.key(), e.getReason()));
        return home;
      }
    }

    private InetAddress address() {
      try {
        if (!value(Setting.BIND_ADDRESS).isEmpty()) {
          return InetAddress.getByName(value(Setting.BIND_ADDRESS));
        }
      } catch (UnknownHostException e) {
        // told below, like an empty one
      }
      problems.add(
          "bind.address is not an address of this machine: '%s'"
              .formatted(value(Setting.BIND_ADDRESS)));
      return InetAddress.getLoopbackAddress();
    }

    private Optional<DoorIdentity> doorIdentity() {
      boolean hasCertificate = !value(Setting.DOOR_CERTIFICATE).isEmpty();
      boolean hasKey = !value(Setting.DOOR_KEY).isEmpty();
      if (hasCertificate != hasKey) {
        problems.add("door.certificate and door.key must be set together");
      }
      if (!hasCertificate || !hasKey) {
        return Optional.empty();
      }
      for (var setting : List.of(Setting.DOOR_CERTIFICATE, Setting.DOOR_KEY)) {
        if (!Files.isReadable(path(setting))) {
          problems.add(
              "%s names a file that cannot be read: %s".formatted(setting.key(), path(setting)));
        }
      }
      return Optional.of(new DoorIdentity(path(Setting.DOOR_CERTIFICATE), path(Setting.DOOR_KEY)));
    }
  }

  /** The reference of all settings, as the table in {@code docs/operations/settings.md}. */
  static String reference() {
    var rows = new ArrayList<String>();
    rows.add("| Key | Variable | Default | Meaning |");
    rows.add("|---|---|---|---|");
    for (var setting : Setting.values()) {
      rows.add(
          "| `%s` | `%s` | %s | %s |"
              .formatted(
                  setting.key(),
                  setting.variable(),
                  setting.byDefault().isEmpty() ? "" : "`" + setting.byDefault() + "`",
                  setting.meaning()));
    }
    return rows.stream().collect(Collectors.joining("\n", "", "\n"));
  }

  /** The key of the setting that moves a port, for the sentence that says a port is taken. */
  Map<Integer, String> portSettings() {
    var ports = new HashMap<Integer, String>();
    ports.put(httpsPort, Setting.HTTPS_PORT.key());
    ports.put(brokerPort, Setting.BROKER_PORT.key());
    ports.put(controllerPort, Setting.CONTROLLER_PORT.key());
    return Map.copyOf(ports);
  }
}
