package no.front.vakt.verdictapi.bench;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLSocketFactory;
import no.front.vakt.contract.Submission;
import no.front.vakt.contract.WireJson;
import no.front.vakt.verdictapi.Caller;
import no.front.vakt.verdictapi.RunningDoor;
import no.front.vakt.verdictapi.kafka.AnswerFeed;
import no.front.vakt.verdictapi.kafka.KafkaSubmissionLog;
import no.front.vakt.verdictapi.kafka.LogSettings;
import no.front.vakt.verdictapi.settings.SettingsReader;

/**
 * How fast the door is with a judge that only answers: everything in one process, open loop from
 * the intended send time, beside the same road through the log without the door. Run by hand.
 */
public final class DoorBench {
  private static final int CONNECTIONS = 64;
  private static final int MANY_CONNECTIONS = 1_500;
  private static final int SECONDS = Integer.getInteger("seconds", 15);
  private static final int CUSTOMERS = 10_000;
  private static final AtomicLong NEXT_ID = new AtomicLong();

  private final RunningDoor door;
  private final SSLSocketFactory tls;

  private DoorBench(RunningDoor door) throws Exception {
    this.door = door;
    this.tls = door.fixture().authority().client(null).getSocketFactory();
  }

  private interface Road {
    /** Sends one message and returns a status when it is answered. */
    int travel() throws Exception;
  }

  /** Prints a line for each measurement. */
  public static void main(String[] arguments) throws Exception {
    Path directory = Files.createTempDirectory("door-bench");
    try (RunningDoor door =
        new RunningDoor(
            directory,
            Map.of("verdicts.deadlineMillis", "400", "load.customerPerSecond", "1000000"))) {
      door.judge().forgetful();
      DoorBench bench = new DoorBench(door);
      bench.measure("warm-up      ", 3_000, 20, bench.https(CONNECTIONS));
      for (int round = 0; round < 2; round++) {
        bench.measure("log alone    ", 1_000, SECONDS, bench.log());
        bench.measure("HTTPS        ", 1_000, SECONDS, bench.https(CONNECTIONS));
      }
      long most = bench.measure("HTTPS, most  ", 1_000_000, SECONDS, bench.https(MANY_CONNECTIONS));
      bench.measure("HTTPS, twice ", (int) (2 * most), SECONDS, bench.https(MANY_CONNECTIONS));
      System.exit(0);
    }
  }

  private long measure(String name, int perSecond, int seconds, List<Road> roads) throws Exception {
    int total = perSecond >= 1_000_000 ? Integer.MAX_VALUE : perSecond * seconds;
    long start = System.nanoTime() + 50_000_000;
    long end = start + seconds * 1_000_000_000L;
    AtomicInteger next = new AtomicInteger();
    Map<Integer, AtomicInteger> statuses = new ConcurrentHashMap<>();
    List<Thread> threads = new ArrayList<>();
    List<long[]> times = new ArrayList<>();
    for (Road road : roads) {
      long[] mine = new long[4_000_000 / roads.size()];
      times.add(mine);
      Thread thread =
          new Thread(
              () -> {
                int count = 0;
                try {
                  while (true) {
                    int slot = next.getAndIncrement();
                    long intended =
                        total == Integer.MAX_VALUE
                            ? System.nanoTime()
                            : start + slot * 1_000_000_000L / perSecond;
                    if (slot >= total || System.nanoTime() > end) {
                      break;
                    }
                    for (long wait; (wait = intended - System.nanoTime()) > 0; ) {
                      LockSupport.parkNanos(wait);
                    }
                    int status = road.travel();
                    statuses.computeIfAbsent(status, s -> new AtomicInteger()).incrementAndGet();
                    if (status == 200 && count < mine.length - 1) {
                      mine[++count] = System.nanoTime() - intended;
                    }
                  }
                } catch (Exception e) {
                  System.out.println("lost a connection: " + e);
                }
                mine[0] = count;
              });
      threads.add(thread);
      thread.start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    double took = (System.nanoTime() - start) / 1e9;
    long[] all =
        times.stream()
            .flatMapToLong(mine -> Arrays.stream(mine, 1, 1 + (int) mine[0]))
            .sorted()
            .toArray();
    System.out.printf(
        "%s offered %7d/s: %s, answered 200: %6.0f/s, p50 %.2f p99 %.2f p99.9 %.2f ms%n",
        name, perSecond, statuses, all.length / took, at(all, 0.5), at(all, 0.99), at(all, 0.999));
    return Math.round(all.length / took);
  }

  private static double at(long[] sorted, double quantile) {
    return sorted.length == 0 ? Double.NaN : sorted[(int) (sorted.length * quantile)] / 1e6;
  }

  private static Map<String, Object> message() {
    long id = NEXT_ID.getAndIncrement();
    return Caller.message("customer-" + id % CUSTOMERS, "allow-" + id);
  }

  private List<Road> https(int connections) throws Exception {
    List<Road> roads = new ArrayList<>();
    for (int i = 0; i < connections; i++) {
      KeptConnection connection = new KeptConnection(tls, door.port());
      roads.add(() -> connection.post(WireJson.bytes(message())));
    }
    return roads;
  }

  private List<Road> log() throws Exception {
    LogSettings settings = LogSettings.from(new SettingsReader(Map.of("log.replyPartition", "7")));
    Map<String, Thread> waiting = new ConcurrentHashMap<>();
    Map<String, Object> kafka = door.broker().clientProperties();
    AnswerFeed feed =
        new AnswerFeed(
            kafka,
            settings,
            Duration.ofMinutes(10),
            answer -> LockSupport.unpark(waiting.remove(answer.identity().messageId())));
    feed.start(Duration.ofSeconds(10));
    KafkaSubmissionLog log =
        new KafkaSubmissionLog(kafka, settings, door.fixture().keys().sealing());
    List<Road> roads = new ArrayList<>();
    for (int i = 0; i < CONNECTIONS; i++) {
      roads.add(
          () -> {
            Map<String, Object> fields = message();
            fields.put("submittedAt", "2026-11-23T12:00:00.000Z");
            Submission submission =
                WireJson.read(
                    new String(WireJson.bytes(fields), StandardCharsets.UTF_8), Submission.class);
            waiting.put(submission.messageId(), Thread.currentThread());
            log.append(submission);
            while (waiting.containsKey(submission.messageId())) {
              LockSupport.park();
            }
            return 200;
          });
    }
    return roads;
  }
}
