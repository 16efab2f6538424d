package no.front.vakt.standalone.bench;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntConsumer;
import no.front.vakt.contract.KeyRing;
import no.front.vakt.contract.SealedSubmission;
import no.front.vakt.contract.Sealing;
import no.front.vakt.contract.Submission;
import no.front.vakt.contract.WireJson;
import no.front.vakt.rules.message.Links;
import no.front.vakt.rules.message.NumberFacts;
import no.front.vakt.rules.message.ReferenceData;
import no.front.vakt.rules.policy.PolicyBook;
import no.front.vakt.rules.signal.ChunkStore;
import no.front.vakt.rules.signal.CustomerMemory;
import no.front.vakt.rules.verdict.Judge;
import no.front.vakt.testdata.traffic.TrafficGenerator;
import org.jspecify.annotations.Nullable;

/** What each step of judging costs by itself, on one thread, warm; and what memory it leaves. */
final class StepCosts {
  private static final int MESSAGES = 20_000;
  private static final int ROUNDS = 6;

  private final List<Submission> messages = new ArrayList<>();
  private final List<byte[]> records = new ArrayList<>();
  private final List<SealedSubmission> sealed = new ArrayList<>();
  private final KeyRing keys = KeyRing.generate();
  private final Sealing sealing = keys.sealing();
  private long sink;

  StepCosts() {
    TrafficGenerator traffic = SubmittedLog.tenThousandCustomers(MESSAGES);
    for (int i = 0; i < MESSAGES; i++) {
      Submission message = traffic.message(i);
      messages.add(message);
      sealed.add(SealedSubmission.seal(message, sealing));
      records.add(WireJson.bytes(sealed.get(i)));
    }
  }

  /** One line: nanoseconds a message for each step. */
  String line() {
    double parse =
        nanos(i -> sink += WireJson.read(records.get(i), SealedSubmission.class).text().length());
    double open = nanos(i -> sink += sealed.get(i).open(sealing).text().length());
    double number =
        nanos(i -> sink += NumberFacts.of(messages.get(i).recipient()).country().length());
    double links = nanos(i -> sink += Links.in(messages.get(i).text()).all().size());
    double judge = nanos(judging()) - number - links;
    double seal =
        nanos(i -> sink += SealedSubmission.seal(messages.get(i), sealing).text().length());
    double write = nanos(i -> sink += WireJson.bytes(sealed.get(i)).length);
    return String.format(
        Locale.ROOT,
        "parse %.0f, open %.0f, number %.0f, links %.0f, judge (rules, counters, identity) %.0f,"
            + " seal %.0f, write %.0f",
        parse,
        open,
        number,
        links,
        judge,
        seal,
        write);
  }

  private IntConsumer judging() {
    Judge judge = new Judge(ReferenceData.version());
    PolicyBook policies = PolicyBook.withShippedDefault();
    Shelves shelves = new Shelves();
    CustomerMemory memory = new CustomerMemory(shelves, keys.hashing());
    long[] turn = new long[1];
    return i -> {
      // Another id and a later time in each round: nothing is a repeat, windows move on.
      Submission sent = messages.get(i);
      long round = turn[0]++ / MESSAGES;
      Submission message =
          new Submission(
              sent.customerId(),
              sent.messageId() + "-" + round,
              sent.submittedAt().plusMillis(round * 20_000),
              sent.senderId(),
              sent.recipient(),
              sent.text(),
              sent.originIp(),
              sent.channel(),
              null,
              true);
      shelves.turnTo(message.customerId());
      memory.open(message.customerId());
      sink +=
          judge
              .hear(
                  message,
                  policies.inForce(message.customerId(), message.submittedAt()),
                  memory,
                  Instant.EPOCH)
              .verdict()
              .findings()
              .size();
      memory.close();
    };
  }

  private double nanos(IntConsumer step) {
    double best = Double.MAX_VALUE;
    for (int round = 0; round < ROUNDS; round++) {
      long begin = System.nanoTime();
      for (int i = 0; i < MESSAGES; i++) {
        step.accept(i);
      }
      best = Math.min(best, (System.nanoTime() - begin) / (double) MESSAGES);
    }
    return best;
  }

  /**
   * Bytes of memory a customer leaves after that many messages of all customers.
   *
   * @param counters directory and counters
   * @param identities identities of the last ten minutes
   */
  record Memory(double counters, double identities) {}

  Memory memory(long count) {
    Judge judge = new Judge(ReferenceData.version());
    PolicyBook policies = PolicyBook.withShippedDefault();
    Shelves shelves = new Shelves();
    CustomerMemory memory = new CustomerMemory(shelves, keys.hashing());
    TrafficGenerator traffic = SubmittedLog.tenThousandCustomers(count);
    for (long i = 0; i < count; i++) {
      Submission message = traffic.message(i);
      shelves.turnTo(message.customerId());
      memory.open(message.customerId());
      judge.hear(
          message,
          policies.inForce(message.customerId(), message.submittedAt()),
          memory,
          Instant.EPOCH);
      memory.close();
    }
    return new Memory(
        shelves.bytes(false) / (double) Bench.CUSTOMERS,
        shelves.bytes(true) / (double) Bench.CUSTOMERS);
  }

  /** All customers' chunks on the heap. */
  private static final class Shelves implements ChunkStore {
    private final Map<String, Map<Long, byte[]>> all = new HashMap<>();
    private Map<Long, byte[]> current = new HashMap<>();

    void turnTo(String customerId) {
      current = all.computeIfAbsent(customerId, id -> new HashMap<>());
    }

    long bytes(boolean identities) {
      return all.values().stream()
          .flatMap(chunks -> chunks.entrySet().stream())
          .filter(chunk -> CustomerMemory.holdsIdentities(chunk.getKey()) == identities)
          .mapToLong(chunk -> Long.BYTES + Integer.BYTES + chunk.getValue().length)
          .sum();
    }

    @Override
    public byte @Nullable [] get(long number) {
      return current.get(number);
    }

    @Override
    public void put(long number, byte[] chunk) {
      current.put(number, chunk);
    }

    @Override
    public void remove(long number) {
      current.remove(number);
    }
  }
}
