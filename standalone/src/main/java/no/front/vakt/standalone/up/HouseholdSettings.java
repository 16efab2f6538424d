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
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import no.front.vakt.standalone.Refusal;
import no.front.vakt.standalone.database.DatabaseAccess;
import no.front.vakt.standalone.files.OwnerOnly;

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
    int controlPort,
    int databasePort,
    Optional<DatabaseAccess> databaseServer,
    int mailPort,
    int mailPagePort,
    Path dataDirectory,
    Path keysDirectory,
    Path policiesDirectory,
    int parallelism,
    Duration checkpointInterval,
    Map<Application, Map<String, String>> handedOn) {

  public HouseholdSettings {
    var copies = new EnumMap<Application, Map<String, String>>(Application.class);
    for (var application : Application.values()) {
      copies.put(application, Map.copyOf(handedOn.getOrDefault(application, Map.of())));
    }
    handedOn = Collections.unmodifiableMap(copies);
  }

  /** A part that has settings of its own and checks them itself. */
  public enum Application {
    VERDICT_API,
    CONTROL_API,
    ALERTING,
    DELIVERY,
    ALERTS;

    /** What starts like this is a setting of that part: {@code verdict-api.web.threads}. */
    String prefix() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-') + ".";
    }

    static Optional<Application> of(String key) {
      return Arrays.stream(values()).filter(each -> key.startsWith(each.prefix())).findFirst();
    }
  }

  /** The operator's own certificate for the HTTPS door. */
  public record DoorIdentity(Path certificate, Path key) {}

  static final String FILE = "vakt.properties";

  /** Variables of the launcher {@code bin/vakt}, not settings of the household. */
  private static final Set<String> LAUNCHER_VARIABLES = Set.of("VAKT_HOME", "VAKT_JAVA_OPTS");

  private static final List<Setting> PORTS =
      List.of(
          Setting.HTTPS_PORT,
          Setting.BROKER_PORT,
          Setting.CONTROLLER_PORT,
          Setting.CONTROL_PORT,
          Setting.DATABASE_PORT,
          Setting.MAIL_PORT,
          Setting.MAIL_PAGE_PORT);

  private static final Pattern VERIFIES = Pattern.compile("[?&]sslmode=verify-full(&|$)");
  private static final Pattern CARRIES_LOGIN = Pattern.compile("[?&](user|password)=|//[^/?]*@");

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
    private final Map<Application, Map<String, String>> handedOn = new EnumMap<>(Application.class);
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
      var application = Application.of(key);
      if (application.isPresent()) {
        handedOn
            .computeIfAbsent(application.get(), each -> new TreeMap<>())
            .put(key.substring(application.get().prefix().length()), value.strip());
        return;
      }
      Setting.find(key)
          .ifPresentOrElse(
              setting -> values.put(setting, value.strip()),
              () -> problems.add("%s (%s) is not a setting".formatted(key, source)));
    }

    HouseholdSettings settings() {
      var ports = ports();
      int parallelism = number(Setting.PARALLELISM, 1, 24);
      int checkpointSeconds = number(Setting.CHECKPOINT_SECONDS, 1, 600);
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
      var databaseServer = databaseServer();
      if (!problems.isEmpty()) {
        throw new Refusal("The settings are not right: " + String.join("; ", problems) + ".");
      }
      return new HouseholdSettings(
          port(ports, Setting.HTTPS_PORT),
          address,
          identity,
          port(ports, Setting.BROKER_PORT),
          port(ports, Setting.CONTROLLER_PORT),
          port(ports, Setting.CONTROL_PORT),
          port(ports, Setting.DATABASE_PORT),
          databaseServer,
          port(ports, Setting.MAIL_PORT),
          port(ports, Setting.MAIL_PAGE_PORT),
          data,
          keys,
          policies,
          parallelism,
          Duration.ofSeconds(checkpointSeconds),
          handedOn);
    }

    /** All ports, which must differ: each pair that does not is one problem. */
    private Map<Setting, Integer> ports() {
      var ports = new EnumMap<Setting, Integer>(Setting.class);
      for (var setting : PORTS) {
        ports.put(setting, number(setting, 1, 65_535));
      }
      var owners = new TreeMap<Integer, Setting>();
      ports.forEach(
          (setting, port) -> {
            var other = owners.putIfAbsent(port, setting);
            if (other != null && isNumber(setting) && isNumber(other)) {
              problems.add(
                  "%s and %s are both %d: choose different ports"
                      .formatted(other.key(), setting.key(), port));
            }
          });
      return ports;
    }

    private static int port(Map<Setting, Integer> ports, Setting setting) {
      return ports.getOrDefault(setting, 0);
    }

    private boolean isNumber(Setting setting) {
      return value(setting).matches("[0-9]+");
    }

    private Optional<DatabaseAccess> databaseServer() {
      var url = value(Setting.DATABASE_URL);
      var user = value(Setting.DATABASE_USER);
      boolean hasFile = !value(Setting.DATABASE_PASSWORD_FILE).isEmpty();
      if (url.isEmpty() && user.isEmpty() && !hasFile) {
        return Optional.empty();
      }
      if (url.isEmpty() || user.isEmpty() || !hasFile) {
        problems.add("database.url, database.user and database.passwordFile must be set together");
        return Optional.empty();
      }
      if (!url.startsWith("jdbc:postgresql://")) {
        problems.add("database.url must start with jdbc:postgresql://");
      } else if (!VERIFIES.matcher(url).find()) {
        problems.add("database.url must say sslmode=verify-full");
      }
      if (CARRIES_LOGIN.matcher(url).find()) {
        problems.add(
            "database.url must not carry a login: that is what database.user and database.passwordFile are for");
      }
      var file = path(Setting.DATABASE_PASSWORD_FILE);
      try {
        if (OwnerOnly.read(file).isBlank()) {
          problems.add("database.passwordFile %s is empty".formatted(file));
        }
      } catch (Refusal e) {
        problems.add("database.passwordFile: " + e.getMessage().replaceFirst("\\.$", ""));
      }
      return Optional.of(new DatabaseAccess(url, user, file));
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

  /** What this part's own settings are, by their keys without the prefix. */
  public Map<String, String> handedOn(Application application) {
    return handedOn.getOrDefault(application, Map.of());
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

  /**
   * The key of the setting that moves a port, for the sentence that says a port is taken. Without
   * the database's: after a crash its own server may still be there, so the database looks itself.
   */
  Map<Integer, String> portSettings() {
    var ports = new HashMap<Integer, String>();
    ports.put(httpsPort, Setting.HTTPS_PORT.key());
    ports.put(brokerPort, Setting.BROKER_PORT.key());
    ports.put(controllerPort, Setting.CONTROLLER_PORT.key());
    ports.put(controlPort, Setting.CONTROL_PORT.key());
    ports.put(mailPort, Setting.MAIL_PORT.key());
    ports.put(mailPagePort, Setting.MAIL_PAGE_PORT.key());
    return Map.copyOf(ports);
  }
}
