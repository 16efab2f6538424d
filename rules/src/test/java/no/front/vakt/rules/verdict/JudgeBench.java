package no.front.vakt.rules.verdict;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.ToLongFunction;
import no.front.vakt.contract.Channel;
import no.front.vakt.contract.KeyRing;
import no.front.vakt.contract.KeyedHash;
import no.front.vakt.contract.MessageText;
import no.front.vakt.contract.Outcome;
import no.front.vakt.contract.SampleMessages;
import no.front.vakt.contract.Submission;
import no.front.vakt.rules.message.Links;
import no.front.vakt.rules.message.NumberFacts;
import no.front.vakt.rules.policy.CustomerPolicy;
import no.front.vakt.rules.policy.PolicyBook;
import no.front.vakt.rules.signal.ChunkStore;
import no.front.vakt.rules.signal.CustomerMemory;
import no.front.vakt.rules.signal.MapChunks;
import org.jspecify.annotations.Nullable;

/**
 * Nanoseconds a message costs the judge, by part: the shipped default, 10,000 customers at 0.1
 * messages a second each, a link in every fifth text. A main, not a test: run it by hand.
 */
public final class JudgeBench {
  private static final int CUSTOMERS = 10_000;
  private static final int MESSAGES = 1_000_000;
  private static final int ROUNDS = 6;
  private static final String[] TEXTS = {
    "Hei Kari, treningen flyttes til kl 18 i dag. Hilsen Klubben",
    "Din kode er 482913. Ikke del den med noen.",
    "Påminnelse: time hos tannlegen torsdag 12.11 kl. 09.30. Svar JA for å bekrefte.",
    "Pakken din er klar til henting på Coop Extra. Hentekode 4711. Åpent 08-22.",
    "Følg pakken din her: https://sporing.klubben.example/p/482913?ref=sms",
  };

  private JudgeBench() {}

  /** The chunks of whichever customer is at hand. */
  private static final class Stores implements ChunkStore {
    private final MapChunks[] all = new MapChunks[CUSTOMERS];
    private int at;

    private Stores() {
      for (int i = 0; i < CUSTOMERS; i++) {
        all[i] = new MapChunks();
      }
    }

    @Override
    public byte @Nullable [] get(long number) {
      return all[at].get(number);
    }

    @Override
    public void put(long number, byte[] chunk) {
      all[at].put(number, chunk);
    }

    @Override
    public void remove(long number) {
      all[at].remove(number);
    }
  }

  /** Prints one line a part. */
  public static void main(String[] arguments) {
    List<Submission> messages = new ArrayList<>(MESSAGES);
    Random random = new Random(1);
    for (int i = 0; i < MESSAGES; i++) {
      messages.add(
          new Submission(
              "customer-" + random.nextInt(CUSTOMERS),
              "m" + i,
              SampleMessages.NOON.plusMillis(i),
              "Klubben",
              "+4799" + (100_000 + random.nextInt(900_000)),
              TEXTS[random.nextInt(TEXTS.length)],
              "192.0.2." + random.nextInt(256),
              Channel.API,
              null,
              true));
    }
    KeyedHash hash = KeyRing.generate().hashing();
    PolicyBook book = PolicyBook.withShippedDefault();
    Judge judge = new Judge("data");
    Stores stores = new Stores();
    CustomerMemory memory = new CustomerMemory(stores, hash);
    Instant[] shift = {SampleMessages.NOON};
    measure("number", messages, m -> NumberFacts.of(m.recipient()).country().length());
    measure("links", messages, m -> Links.in(m.text()).all().size());
    measure("segments", messages, m -> MessageText.segments(m.text()));
    measure("policy", messages, m -> book.inForce(m.customerId(), m.submittedAt()).rules().size());
    measure(
        "open, close",
        messages,
        m -> {
          stores.at = Integer.parseInt(m.customerId(), 9, m.customerId().length(), 10);
          memory.open(m.customerId());
          memory.close();
          return 1;
        });
    int[] round = {0};
    measure(
        "identity",
        messages,
        m -> {
          Submission fresh = moved(m, round[0]++ / MESSAGES);
          stores.at = Integer.parseInt(m.customerId(), 9, m.customerId().length(), 10);
          memory.open(m.customerId());
          boolean isNew = memory.find(fresh) == null;
          memory.remember(fresh, Outcome.ALLOW);
          memory.close();
          return isNew ? 1 : 0;
        });
    round[0] += MESSAGES;
    measure(
        "hear, all in",
        messages,
        m -> {
          Submission fresh = moved(m, round[0]++ / MESSAGES);
          stores.at = Integer.parseInt(m.customerId(), 9, m.customerId().length(), 10);
          CustomerPolicy policy = book.inForce(fresh.customerId(), fresh.submittedAt());
          memory.open(fresh.customerId());
          int findings = judge.hear(fresh, policy, memory, shift[0]).verdict().findings().size();
          memory.close();
          return findings;
        });
    measure("(making the message)", messages, m -> moved(m, 1).messageId().length());
    long bytes = 0;
    for (MapChunks chunks : stores.all) {
      bytes += chunks.bytes();
    }
    System.out.println("bytes at rest per customer: " + bytes / CUSTOMERS);
  }

  private static Submission moved(Submission m, int rounds) {
    return new Submission(
        m.customerId(),
        m.messageId(),
        m.submittedAt().plusMillis((long) rounds * MESSAGES),
        m.senderId(),
        m.recipient(),
        m.text(),
        m.originIp(),
        m.channel(),
        null,
        true);
  }

  private static void measure(
      String part, List<Submission> messages, ToLongFunction<Submission> work) {
    long best = Long.MAX_VALUE;
    long sum = 0;
    for (int round = 0; round < ROUNDS; round++) {
      long start = System.nanoTime();
      for (Submission message : messages) {
        sum += work.applyAsLong(message);
      }
      best = Math.min(best, System.nanoTime() - start);
    }
    System.out.printf("%-22s %6d ns  (%d)%n", part, best / messages.size(), sum % 10);
  }
}
