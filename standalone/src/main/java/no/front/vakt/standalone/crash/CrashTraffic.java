package no.front.vakt.standalone.crash;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import no.front.vakt.contract.Channel;
import no.front.vakt.contract.Submission;
import org.jspecify.annotations.Nullable;

/**
 * What the gateway hands in, call by call, the same for the same seed: few recipients of whom some
 * get far more than the others, two senders a customer, one message in twenty abroad, one in ten to
 * be judged only, one in thirty soon worthless, one call in eight a batch. The numbers are made up;
 * nothing is ever sent.
 */
final class CrashTraffic {
  private static final int RECIPIENTS = 40;
  private static final int POPULAR = 4;
  private static final int LARGEST_BATCH = 20;
  private static final long LONGEST_VALID_SECONDS = 20;

  /** A block that Sweden keeps for fiction. */
  private static final String SWEDEN = "+467017406";

  private static final int FIRST_SWEDE = 5;
  private static final int SWEDES = 95;

  private final SplittableRandom random;
  private final Clock clock;
  private final int customers;
  private long next;

  CrashTraffic(CrashSettings settings, Clock clock) {
    this.clock = clock;
    this.random = new SplittableRandom(settings.seed());
    this.customers = settings.customers();
  }

  /** Name of a customer, from 0. */
  static String customer(int number) {
    return String.format(Locale.ROOT, "crash-%02d", number);
  }

  /** The messages of the next call, at most that many. */
  List<Submission> nextCall(int most) {
    int size = random.nextInt(8) == 0 ? 2 + random.nextInt(LARGEST_BATCH - 1) : 1;
    List<Submission> call = new ArrayList<>();
    for (int i = 0; i < Math.min(size, most); i++) {
      call.add(message());
    }
    return call;
  }

  private Submission message() {
    int customer = random.nextInt(customers);
    return new Submission(
        customer(customer),
        "m-" + next++,
        Instant.EPOCH,
        random.nextBoolean() ? "Kunde" + customer : "VARSEL",
        recipient(customer),
        "Vannet er tilbake kl. " + random.nextInt(24) + ". Hilsen Kunde" + customer,
        "192.0.2." + (customer + 1),
        Channel.API,
        validUntil(),
        random.nextInt(10) != 0);
  }

  /** Now and then so soon that a crash may lie between. */
  private @Nullable Instant validUntil() {
    long seconds = 1 + random.nextLong(LONGEST_VALID_SECONDS);
    return random.nextInt(30) == 0
        ? clock.instant().plusSeconds(seconds).truncatedTo(ChronoUnit.MILLIS)
        : null;
  }

  private String recipient(int customer) {
    if (random.nextInt(20) == 0) {
      return SWEDEN + String.format(Locale.ROOT, "%02d", FIRST_SWEDE + random.nextInt(SWEDES));
    }
    int number = random.nextInt(3) == 0 ? random.nextInt(POPULAR) : random.nextInt(RECIPIENTS);
    return "+47999" + String.format(Locale.ROOT, "%05d", customer * 1_000 + number);
  }

  /** A message that nothing stops, to ask whether the door judges. */
  static Submission probe(int number) {
    return new Submission(
        "crash-probe",
        "probe-" + number,
        Instant.EPOCH,
        "Vakt",
        "+47999" + String.format(Locale.ROOT, "%05d", 99_000 + number % 1_000),
        "Er du der?",
        null,
        Channel.API,
        null,
        false);
  }
}
