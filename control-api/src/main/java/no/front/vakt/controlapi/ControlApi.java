package no.front.vakt.controlapi;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import no.front.vakt.contract.InvalidRecordException;
import no.front.vakt.contract.KeyRing;
import no.front.vakt.controlapi.rulebook.RuleBook;
import no.front.vakt.controlapi.settings.SettingsReader;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.context.logging.LoggingApplicationListener;
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
            "spring.config.name", CONFIGURATION_NAME, "logging.level.org.apache.kafka", "ERROR"));
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
   * environment variables such as {@code VAKT_CONTROL_API_WEB_PORT}.
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    ControlApi api;
    try {
      api = start(settings(arguments), true);
    } catch (InvalidRecordException e) {
      e.problems().forEach(problem -> System.err.println("control-api: " + problem));
      System.exit(BAD_SETTINGS);
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

  private static ControlApiSettings settings(String... arguments) throws IOException {
    Properties properties = new Properties();
    if (arguments.length > 0) {
      try (Reader file = Files.newBufferedReader(Path.of(arguments[0]))) {
        properties.load(file);
      }
    }
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
    SettingsReader reader = new SettingsReader(named, System.getenv());
    String directory = reader.text(KEYS, "keys");
    boolean present = KeyRing.isIn(Path.of(directory));
    reader.require(present, KEYS, "holds no key sets");
    return ControlApiSettings.of(
        reader, kafka, present ? KeyRing.load(Path.of(directory)) : KeyRing.generate());
  }
}
