package no.front.vakt.testdata.scenario;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * A day at the gateway, from six in the morning to ten at night: eight customers with habits of
 * their own, busy hours that are as they should be, and incidents that must be stopped. The same
 * seed makes the same day.
 *
 * <p>At any pace, the day played in a minute or in sixteen hours, once or again and again, no
 * everyday message is over a limit of the customers' policies, and every incident is.
 *
 * @param messages in order of time
 * @param incidents in order of time, the innocent busy hours among them
 */
public record DemoDay(List<DemoMessage> messages, List<Incident> incidents) {
  /** When the day begins. */
  public static final LocalTime BEGIN = LocalTime.of(6, 0);

  /** When it ends. */
  public static final LocalTime END = LocalTime.of(22, 0);

  /** Not handed out to anybody we know of; as in {@code TrafficGenerator}. */
  private static final String NUMBERS = "+47999";

  private static final int NUMBERS_EACH = 10_000;

  private static final Pattern WINDOW = Pattern.compile("(\"windowSeconds\": )(\\d+)");

  private static final List<String> CUSTOMERS =
      Habits.all().stream().map(Habit::customerId).toList();

  /** Copies the lists. */
  public DemoDay {
    messages = List.copyOf(messages);
    incidents = List.copyOf(incidents);
  }

  /** The whole day. */
  public static DemoDay of(long seed) {
    return of(seed, 1);
  }

  /**
   * A day with only a share of its messages, for those in a hurry; its incidents stay large enough
   * to be stopped.
   */
  public static DemoDay of(long seed, double share) {
    var random = new SplittableRandom(seed);
    var messages = new ArrayList<DemoMessage>();
    var known = new HashSet<List<String>>();
    for (var habit : Habits.all()) {
      everyday(habit, random.split(), share, known, messages);
    }
    messages.addAll(Incidents.messages(random.split(), share));
    messages.sort(Comparator.comparing(DemoMessage::at));
    return new DemoDay(messages, Incidents.list());
  }

  private static void everyday(
      Habit habit,
      SplittableRandom random,
      double share,
      Set<List<String>> known,
      List<DemoMessage> messages) {
    for (var span : habit.spans()) {
      long millis = ChronoUnit.MILLIS.between(span.from(), span.until());
      for (int left = (int) Math.ceil(span.count() * share); left > 0; ) {
        var message =
            new DemoMessage(
                habit.customerId(),
                span.from().plus(random.nextLong(millis), ChronoUnit.MILLIS),
                habit.senders().get(random.nextInt(habit.senders().size())),
                everydayNumber(habit.customerId(), random.nextInt(habit.recipients())),
                Phrases.fill(habit.texts(), random),
                habit.originIp(),
                habit.channel(),
                habit.way(),
                habit.password(),
                null);
        // Said again to the same number within a minute it would pass for a blind retry.
        if (known.add(List.of(habit.customerId(), message.recipient(), message.text()))) {
          messages.add(message);
          left--;
        }
      }
    }
  }

  /** One of the numbers that a customer sends to every day. */
  static String everydayNumber(String customerId, int i) {
    return number(CUSTOMERS.indexOf(customerId) * NUMBERS_EACH + i % NUMBERS_EACH);
  }

  /** One of the numbers that only incidents send to. */
  static String incidentNumber(int i) {
    return number(CUSTOMERS.size() * NUMBERS_EACH + i % NUMBERS_EACH);
  }

  private static String number(int i) {
    return NUMBERS + "%05d".formatted(i);
  }

  /** The customers, in order. */
  public static List<String> customers() {
    return CUSTOMERS;
  }

  /**
   * The customers' policies: file name and JSON, as {@code policies.directory} takes them. A limit
   * per hour is one per hour of the day's own clock, however fast that goes.
   */
  public static Map<String, String> policyFiles(double pace) {
    var files = new TreeMap<String, String>();
    for (var customer : CUSTOMERS) {
      var name = customer + ".json";
      files.put(name, atPace(resource("/scenario/policies/" + name), pace));
    }
    return files;
  }

  private static String atPace(String policy, double pace) {
    return WINDOW
        .matcher(policy)
        .replaceAll(
            window ->
                window.group(1)
                    + Math.max(1, Math.round(Integer.parseInt(window.group(2)) / pace)));
  }

  private static String resource(String name) {
    try (InputStream in = DemoDay.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is missing from the build");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How many times faster than the clock on the wall a day goes that takes so long. */
  public static double pace(Duration takes) {
    return (double) Duration.between(BEGIN, END).toMillis() / takes.toMillis();
  }

  /**
   * When a message is sent if the day is played from {@code start} on.
   *
   * @param pace how many times faster than the clock on the wall; 1 is a day in a day
   */
  public static Instant instant(LocalTime at, Instant start, double pace) {
    return start.plusMillis(Math.round(ChronoUnit.MILLIS.between(BEGIN, at) / pace));
  }

  /** What the day's clock shows when that share of the day is over. */
  public static LocalTime clock(double share) {
    long minutes = ChronoUnit.MINUTES.between(BEGIN, END);
    return BEGIN.plusMinutes(Math.round(Math.min(1, Math.max(0, share)) * minutes));
  }
}
