package no.front.vakt.controlapi;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import no.front.vakt.contract.InvalidRecordException;
import no.front.vakt.contract.KeyRing;
import no.front.vakt.contract.settings.SettingsReader;
import no.front.vakt.controlapi.rulebook.RuleBook;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.context.logging.LoggingApplicationListener;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The running control API. Embedded: {@link #start} and {@link #close}; it touches neither the
 * logging nor the environment of the process around it. Apart: {@link #main} with a properties
 * file.
 */
public final class ControlApi implements AutoCloseable {
  private static final String CONFIGURATION_NAME = "control-api";
  private static final String KAFKA_PREFIX = "kafka.";
  private static final String KEYS = "keys.directory";
  private static final int BAD_SETTINGS = 2;
  private static final int NOT_STARTED = 1;

  private final ConfigurableApplicationContext context;

  private ControlApi(ConfigurableApplicationContext context) {
    this.context = context;
  }

  /**
   * Starts it and returns when it takes calls. PostgreSQL and the broker may be away: what needs
   * them answers 503 until they are there.
   *
   * @throws RuntimeException when it cannot: a port that is taken, a certificate that cannot be
   *     read
   */
  public static ControlApi start(ControlApiSettings settings) {
    return start(settings, false);
  }

  private static ControlApi start(ControlApiSettings settings, boolean ownsProcess) {
    SpringApplication application = new SpringApplication(ControlConfiguration.class);
    application.setWebApplicationType(WebApplicationType.SERVLET);
    application.setDefaultProperties(
        Map.of(
            "spring.config.name",
            CONFIGURATION_NAME,
            "logging.level.org.apache.kafka",
            "ERROR",
            // Why it does not start is told by main, in a sentence.
            "logging.level.org.springframework.boot.SpringApplication",
            "OFF",
            "logging.level.org.springframework.boot.diagnostics",
            "OFF",
            "logging.level.org.springframework.boot.web.server.servlet.context",
            "ERROR"));
    application.setBannerMode(Banner.Mode.OFF);
    application.setLogStartupInfo(false);
    application.setRegisterShutdownHook(false);
    application.setListeners(
        application.getListeners().stream()
            .filter(l -> ownsProcess || !(l instanceof LoggingApplicationListener))
            .toList());
    application.addInitializers(
        context -> context.getBeanFactory().registerSingleton("settings", settings));
    return new ControlApi(application.run());
  }

  /** The port it listens on, also when any free one was asked for. */
  public int port() {
    return ((WebServerApplicationContext) context).getWebServer().getPort();
  }

  /** The rule book, for the process this is embedded in. */
  public RuleBook ruleBook() {
    return context.getBean(RuleBook.class);
  }

  /** Takes no more calls, lets those in flight finish, then leaves log and database. */
  @Override
  public void close() {
    context.close();
  }

  /**
   * Runs the control API apart. Settings come from the properties file that is named, {@code
   * kafka.*} for Kafka's clients and {@code keys.directory} for the keys among them, and from
   * environment variables such as {@code VAKT_CONTROL_API_WEB_PORT}. Ends with 2 when a setting is
   * wrong, with 1 when it cannot start for another reason.
   */
  public static void main(String[] arguments) throws InterruptedException {
    ControlApi api;
    try {
      api = start(settings(arguments), true);
    } catch (InvalidRecordException e) {
      e.problems().forEach(problem -> System.err.println("control-api: " + problem));
      System.exit(BAD_SETTINGS);
      return;
    } catch (RuntimeException e) {
      System.err.println("control-api: " + reason(e));
      System.exit(NOT_STARTED);
      return;
    }
    CountDownLatch closed = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  api.close();
                  closed.countDown();
                },
                "control-api-close"));
    System.out.println("control-api: listening on port " + api.port());
    closed.await();
  }

  private static String reason(RuntimeException failure) {
    Throwable cause = failure;
    while (cause.getCause() != null && !(cause instanceof PortInUseException)) {
      cause = cause.getCause();
    }
    return cause instanceof PortInUseException taken
        ? "port " + taken.getPort() + " is taken by another program"
        : "cannot start: " + cause;
  }

  private static Properties properties(String name) {
    Properties properties = new Properties();
    try (Reader file = Files.newBufferedReader(Path.of(name))) {
      properties.load(file);
    } catch (NoSuchFileException e) {
      throw new InvalidRecordException(name, "there is no such file");
    } catch (AccessDeniedException e) {
      throw new InvalidRecordException(name, "may not be read");
    } catch (IOException | IllegalArgumentException e) {
      throw new InvalidRecordException(name, "is no readable properties file");
    }
    return properties;
  }

  private static KeyRing keys(String directory) {
    try {
      return KeyRing.load(Path.of(directory));
    } catch (IOException e) {
      throw new InvalidRecordException(KEYS, "cannot be read");
    }
  }

  private static ControlApiSettings settings(String... arguments) {
    Properties properties = arguments.length > 0 ? properties(arguments[0]) : new Properties();
    Map<String, String> named = new HashMap<>();
    Map<String, Object> kafka = new HashMap<>();
    for (String name : properties.stringPropertyNames()) {
      String value = properties.getProperty(name);
      if (name.startsWith(KAFKA_PREFIX)) {
        kafka.put(name.substring(KAFKA_PREFIX.length()), value);
      } else {
        named.put(name, value);
      }
    }
    SettingsReader reader = ControlApiSettings.reader(named, System.getenv());
    String directory = reader.text(KEYS, "keys");
    boolean present = KeyRing.isIn(Path.of(directory));
    reader.require(present, KEYS, "holds no key sets");
    return ControlApiSettings.of(reader, kafka, present ? keys(directory) : KeyRing.generate());
  }
}
