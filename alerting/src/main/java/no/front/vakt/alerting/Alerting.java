package no.front.vakt.alerting;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import no.front.vakt.alerting.inbox.AlertDesk;
import no.front.vakt.contract.InvalidRecordException;
import no.front.vakt.contract.KeyRing;
import no.front.vakt.contract.settings.SettingsReader;

/**
 * Running alerting. Embedded: {@link #start} and {@link #close}. Apart: {@link #main} with a
 * properties file. The mail server need not be up at any time; the broker must be at the start.
 */
public final class Alerting implements AutoCloseable {
  private static final String KAFKA_PREFIX = "kafka.";
  private static final String KEYS = "keys.directory";
  private static final int BAD_SETTINGS = 2;
  private static final int ALARM = 3;

  private final AlertDesk desk;

  private Alerting(AlertDesk desk) {
    this.desk = desk;
  }

  /**
   * Starts and returns when alerts are read.
   *
   * @throws RuntimeException when it cannot: a broker that does not answer, an authority that
   *     cannot be read
   */
  public static Alerting start(AlertingSettings settings) {
    return start(settings, Clock.systemUTC());
  }

  static Alerting start(AlertingSettings settings, Clock clock) {
    AlertDesk desk =
        new AlertDesk(
            settings.log(),
            settings.smtp(),
            settings.text(),
            settings.staff(),
            settings.kafka(),
            settings.keys(),
            clock);
    try {
      desk.start();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted at start", e);
    }
    return new Alerting(desk);
  }

  /** Why no alerts are read, for people; empty when all is well. */
  public Optional<String> alarm() {
    return desk.alarm();
  }

  /** Mails that wait for the mail server or are being sent. */
  public int unsettled() {
    return desk.unsettled();
  }

  /** Whether the mail server failed the last time it was asked. */
  public boolean isServerFailing() {
    return desk.isServerFailing();
  }

  /** Lets mails that are being sent finish; the rest are sent after the next start. */
  @Override
  public void close() {
    desk.close();
  }

  /**
   * Runs alerting apart. Settings come from the properties file that is named, {@code kafka.*} for
   * Kafka's clients and {@code keys.directory} for the keys among them, and from environment
   * variables such as {@code VAKT_ALERTING_SMTP_HOST}. Ends by itself, with 3, when it may read no
   * more alerts.
   */
  public static void main(String[] arguments) throws InterruptedException {
    Alerting alerting;
    try {
      alerting = start(settings(arguments));
    } catch (InvalidRecordException e) {
      e.problems().forEach(problem -> System.err.println("alerting: " + problem));
      System.exit(BAD_SETTINGS);
      return;
    } catch (IOException e) {
      System.err.println("alerting: the settings cannot be read: " + e.getMessage());
      System.exit(BAD_SETTINGS);
      return;
    } catch (IllegalStateException | org.apache.kafka.common.KafkaException e) {
      System.err.println("alerting: " + e.getMessage());
      System.exit(1);
      return;
    }
    CountDownLatch closed = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  alerting.close();
                  closed.countDown();
                },
                "alerting-close"));
    System.out.println("alerting: reading alerts");
    while (!closed.await(1, TimeUnit.SECONDS)) {
      Optional<String> alarm = alerting.alarm();
      if (alarm.isPresent()) {
        System.err.println("alerting: " + alarm.get());
        System.exit(ALARM);
      }
    }
  }

  private static AlertingSettings settings(String... arguments) throws IOException {
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
    SettingsReader reader = AlertingSettings.reader(named, System.getenv());
    String directory = reader.text(KEYS, "keys");
    boolean present = KeyRing.isIn(Path.of(directory));
    reader.require(present, KEYS, "holds no key sets");
    return AlertingSettings.of(
        reader, kafka, present ? KeyRing.load(Path.of(directory)) : KeyRing.generate());
  }
}
