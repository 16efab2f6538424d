package no.front.vakt.verdictapi;

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
import no.front.vakt.contract.settings.SettingsReader;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.context.logging.LoggingApplicationListener;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The running door. Embedded: {@link #start} and {@link #close}; it touches neither the logging nor
 * the environment of the process around it. Apart: {@link #main} with a properties file.
 */
public final class VerdictApi implements AutoCloseable {
  private static final String CONFIGURATION_NAME = "verdict-api";
  private static final String KAFKA_PREFIX = "kafka.";
  private static final String KEYS = "keys.directory";
  private static final int BAD_SETTINGS = 2;

  private final ConfigurableApplicationContext context;

  private VerdictApi(ConfigurableApplicationContext context) {
    this.context = context;
  }

  /**
   * Starts the door and returns when it takes calls; the broker must be up and its topics there.
   *
   * @throws RuntimeException when it cannot: a port that is taken, a certificate that cannot be
   *     read, a broker that does not answer
   */
  public static VerdictApi start(VerdictApiSettings settings) {
    return start(settings, false);
  }

  private static VerdictApi start(VerdictApiSettings settings, boolean ownsProcess) {
    SpringApplication application = new SpringApplication(DoorConfiguration.class);
    application.setWebApplicationType(WebApplicationType.SERVLET);
    application.setDefaultProperties(
        Map.of("spring.config.name", CONFIGURATION_NAME, "logging.level.org.apache.kafka", "WARN"));
    application.setBannerMode(Banner.Mode.OFF);
    application.setLogStartupInfo(false);
    application.setRegisterShutdownHook(false);
    application.setListeners(
        application.getListeners().stream()
            .filter(l -> ownsProcess || !(l instanceof LoggingApplicationListener))
            .toList());
    application.addInitializers(
        context -> context.getBeanFactory().registerSingleton("settings", settings));
    return new VerdictApi(application.run());
  }

  /** The port it listens on, also when any free one was asked for. */
  public int port() {
    return ((WebServerApplicationContext) context).getWebServer().getPort();
  }

  /** Takes no more calls, lets those in flight finish, then leaves the log. */
  @Override
  public void close() {
    context.close();
  }

  /**
   * Runs the door apart. Settings come from the properties file that is named, {@code kafka.*} for
   * Kafka's clients and {@code keys.directory} for the keys among them, and from environment
   * variables such as {@code VAKT_VERDICT_API_WEB_PORT}.
   */
  public static void main(String[] arguments) throws InterruptedException {
    VerdictApi door;
    try {
      door = start(settings(arguments), true);
    } catch (InvalidRecordException e) {
      e.problems().forEach(problem -> System.err.println("verdict-api: " + problem));
      System.exit(BAD_SETTINGS);
      return;
    } catch (IOException e) {
      System.err.println("verdict-api: the settings cannot be read: " + e.getMessage());
      System.exit(BAD_SETTINGS);
      return;
    } catch (RuntimeException e) {
      System.err.println("verdict-api: " + e.getMessage());
      System.exit(1);
      return;
    }
    CountDownLatch closed = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  door.close();
                  closed.countDown();
                },
                "verdict-api-close"));
    System.out.println("verdict-api: listening on port " + door.port());
    closed.await();
  }

  private static VerdictApiSettings settings(String... arguments) throws IOException {
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
    SettingsReader reader = VerdictApiSettings.reader(named, System.getenv());
    String directory = reader.text(KEYS, "keys");
    boolean present = KeyRing.isIn(Path.of(directory));
    reader.require(present, KEYS, "holds no key sets");
    return VerdictApiSettings.of(
        reader, kafka, present ? KeyRing.load(Path.of(directory)) : KeyRing.generate());
  }
}
