package no.front.vakt.testdata.traffic;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import no.front.vakt.contract.Channel;
import no.front.vakt.contract.Submission;
import no.front.vakt.contract.WireJson;

/**
 * The day in {@code examples/real-texts.jsonl}: real texts, all else made up. Four customers send
 * the ordinary texts through the day; from one o'clock somebody who has the web shop's password
 * sends the spam through its account, from another address, to numbers in other countries.
 */
public final class ExampleDay {
  private static final Instant MORNING = Instant.parse("2026-11-23T06:00:00Z");
  private static final Duration DAY = Duration.ofHours(15);
  private static final Instant BREAK_IN = Instant.parse("2026-11-23T12:00:00Z");
  private static final Duration ATTACK = Duration.ofMinutes(40);
  private static final String STOLEN = "nettbutikken";
  private static final List<String> CUSTOMERS =
      List.of("idrettslaget", "legesenteret", STOLEN, "skolen");
  private static final List<String> SENDERS =
      List.of("Laget", "Legesenter", "Nettbutikk", "Skolen");
  private static final List<String> ABROAD = List.of("+447400", "+3712", "+2348030", "+88161");

  private ExampleDay() {}

  /** The messages in order of time. */
  public static List<Submission> messages() {
    SplittableRandom random = new SplittableRandom(20_261_123);
    List<Submission> messages = new ArrayList<>();
    for (RealTexts.Labelled text : RealTexts.all()) {
      messages.add(text.isSpam() ? stolen(text, random) : ordinary(text, random));
    }
    messages.sort(
        Comparator.comparing(Submission::submittedAt).thenComparing(Submission::messageId));
    return messages;
  }

  private static Submission ordinary(RealTexts.Labelled text, SplittableRandom random) {
    int customer = random.nextInt(CUSTOMERS.size());
    return new Submission(
        CUSTOMERS.get(customer),
        text.id(),
        MORNING.plusMillis(random.nextLong(DAY.toMillis())),
        SENDERS.get(customer),
        "+47999" + String.format("%05d", customer * 10_000 + random.nextInt(400)),
        text.text(),
        "192.0.2." + (10 + customer),
        Channel.API,
        null,
        true);
  }

  private static Submission stolen(RealTexts.Labelled text, SplittableRandom random) {
    String prefix = ABROAD.get(random.nextInt(ABROAD.size()));
    return new Submission(
        STOLEN,
        text.id(),
        BREAK_IN.plusMillis(random.nextLong(ATTACK.toMillis())),
        "Nettbutikk",
        prefix + String.format("%06d", random.nextInt(1_000_000)),
        text.text(),
        "198.51.100.66",
        Channel.API,
        null,
        true);
  }

  /** The file, line for line. */
  public static String file() {
    StringBuilder lines = new StringBuilder();
    messages().forEach(message -> lines.append(WireJson.text(message)).append('\n'));
    return lines.toString();
  }
}
