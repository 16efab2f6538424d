package no.front.vakt.standalone.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import no.front.vakt.contract.KeyRing;
import no.front.vakt.detection.job.JobSettings;
import no.front.vakt.detection.scoring.ScoringJob;
import no.front.vakt.standalone.outside.OwnPlace;
import no.front.vakt.standalone.up.Household;
import no.front.vakt.standalone.up.Household.Extent;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * What is measured, always (design section 5): everything in this one process, the identity job and
 * ScoringJob in turn, the first turn of each thrown away because the machine is cold.
 */
final class Bench {
  static final int CUSTOMERS = 10_000;
  static final double PER_CUSTOMER_AND_SECOND = 0.1;

  private static final int CONNECTIONS = 64;

  /** More than the door lets messages wait, so that it is the door that sheds. */
  private static final int MANY_CONNECTIONS = 1_500;

  private final Path directory;
  private final Set<Part> parts;
  private final long messages;
  private final int rounds;
  private final int seconds;
  private final int perSecond;
  private final Consumer<String> out;
  private int places;

  /**
   * A bench.
   *
   * @param parts what to measure
   * @param messages messages of each saturation run; from 660,000 the memories are full
   * @param rounds turns that count
   * @param perSecond verdicts a second of the latency runs
   * @param seconds length of each latency run
   */
  Bench(
      Path directory,
      Set<Part> parts,
      long messages,
      int rounds,
      int perSecond,
      int seconds,
      Consumer<String> out) {
    this.directory = directory;
    this.parts = Set.copyOf(parts);
    this.messages = messages;
    this.rounds = rounds;
    this.perSecond = perSecond;
    this.seconds = seconds;
    this.out = out;
  }

  void run() throws IOException, GeneralSecurityException, InterruptedException {
    conditions();
    if (parts.contains(Part.SATURATION)) {
      StepCosts costs = new StepCosts();
      say("Steps alone, ns a message: " + costs.line());
      saturation();
      StepCosts.Memory memory = costs.memory(messages);
      say(
          "Memory of a customer in state: %.0f bytes of counters, %.0f bytes of identities",
          memory.counters(), memory.identities());
    }
    if (parts.contains(Part.LATENCY)) {
      latency();
    }
    if (parts.contains(Part.OVERLOAD)) {
      overload();
    }
    if (parts.contains(Part.POLICY)) {
      PolicyRun.Measured measured = new PolicyRun(place("policy")).run();
      say(
          "Policy: in force %.2f s (p50), %.2f s (p99), %.2f s (worst of %d) after the PUT's answer",
          measured.at(0.5) / 1e3,
          measured.at(0.99) / 1e3,
          measured.at(1) / 1e3,
          measured.sorted().length);
    }
    if (parts.contains(Part.CRASH)) {
      say(
          "Crash: %.1f s from kill -9 to the next verdict (new process started at once)",
          new CrashRun(place("crash")).secondsToNextVerdict());
    }
  }

  /** What can be measured by itself. */
  enum Part {
    SATURATION,
    LATENCY,
    OVERLOAD,
    POLICY,
    CRASH
  }

  private void conditions() {
    say(
        "Conditions: %d cores, %d MiB heap, Java %s, everything in one process; %,d customers at"
            + " %.1f messages/s each; shipped default policy; broker, mutual TLS, no fsync;"
            + " state on the heap, checkpoints every 10 s",
        Runtime.getRuntime().availableProcessors(),
        Runtime.getRuntime().maxMemory() >> 20,
        System.getProperty("java.version"),
        CUSTOMERS,
        PER_CUSTOMER_AND_SECOND);
  }

  private void saturation() throws IOException {
    List<SubmittedLog.Pace> identity = new ArrayList<>();
    List<SubmittedLog.Pace> scoring = new ArrayList<>();
    long checkpoint = 0;
    for (int round = 0; round <= rounds; round++) {
      SubmittedLog.Pace one = workOff(IdentityJob::define, "identity").pace;
      Run two = workOff(ScoringJob::define, "scoring");
      say(
          "  turn %d%s: identity %,.0f/s, scoring %,.0f/s",
          round, round == 0 ? " (cold, not counted)" : "", one.perSecond(), two.pace.perSecond());
      if (round > 0) {
        identity.add(one);
        scoring.add(two.pace);
        checkpoint = two.checkpointBytes;
      }
    }
    double identityRate = mean(identity.stream().map(SubmittedLog.Pace::perSecond).toList());
    double scoringRate = mean(scoring.stream().map(SubmittedLog.Pace::perSecond).toList());
    double identityCpu = mean(identity.stream().map(SubmittedLog.Pace::cpuMicrosEach).toList());
    double scoringCpu = mean(scoring.stream().map(SubmittedLog.Pace::cpuMicrosEach).toList());
    int cores = Runtime.getRuntime().availableProcessors();
    say(
        "Kafka-Flink-Kafka: identity %,.0f/s, ScoringJob %,.0f/s: %.0f %% of it",
        identityRate, scoringRate, 100 * scoringRate / identityRate);
    say(
        "Added a message: %.1f µs of core time by throughput (%d cores), %.1f µs by the process's"
            + " CPU clock (%.1f against %.1f)",
        cores * 1e6 * (1 / scoringRate - 1 / identityRate),
        cores,
        scoringCpu - identityCpu,
        scoringCpu,
        identityCpu);
    say(
        "Checkpoint: %,d bytes, %.0f a customer, all included",
        checkpoint, (double) checkpoint / CUSTOMERS);
  }

  private record Run(SubmittedLog.Pace pace, long checkpointBytes) {}

  private Run workOff(Household.Road job, String name) throws IOException {
    OwnPlace place = place(name);
    SubmittedLog[] log = new SubmittedLog[1];
    Household.Road road =
        new Household.Road() {
          @Override
          public void define(StreamExecutionEnvironment environment, JobSettings scoring) {
            job.define(environment, scoring);
          }

          @Override
          public void beforeJob(Map<String, String> connection) {
            log[0] = new SubmittedLog(connection);
            log[0].fill(SubmittedLog.tenThousandCustomers(messages), messages, sealingOf(place));
          }
        };
    SubmittedLog.Pace pace;
    try (Household household = household(place, road)) {
      household.start();
      pace = log[0].awaitVerdicts(messages);
    }
    long checkpoint = bytes(place.checkpoints());
    delete(place.directory());
    return new Run(pace, checkpoint);
  }

  private static no.front.vakt.contract.Sealing sealingOf(OwnPlace place) {
    try {
      return KeyRing.load(place.keys().resolve("sealing")).sealing();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void latency() throws IOException, GeneralSecurityException, InterruptedException {
    latency(IdentityJob::define, "cold");
    HttpsLoad.Measured identity = latency(IdentityJob::define, "identity");
    HttpsLoad.Measured scoring = latency(ScoringJob::define, "scoring");
    tell("identity", identity);
    tell("scoring ", scoring);
    say(
        "  scoring against identity: p50 %.2f, p99 %.2f, p99.9 %.2f times",
        scoring.p50() / identity.p50(),
        scoring.p99() / identity.p99(),
        scoring.p999() / identity.p999());
  }

  private void tell(String name, HttpsLoad.Measured measured) {
    say(
        "Latency over HTTPS at %,d/s, %s: p50 %.2f, p99 %.2f, p99.9 %.2f ms (%,d judged of %,d)",
        perSecond,
        name,
        measured.p50(),
        measured.p99(),
        measured.p999(),
        measured.judged(),
        measured.calls());
  }

  private HttpsLoad.Measured latency(Household.Road job, String name)
      throws IOException, GeneralSecurityException, InterruptedException {
    OwnPlace place = place("latency-" + name);
    try (Household household = household(place, job)) {
      household.start();
      try (HttpsLoad load = load(household, place)) {
        load.openLoop(CONNECTIONS, perSecond, seconds);
        return load.openLoop(CONNECTIONS, perSecond, seconds);
      }
    } finally {
      delete(place.directory());
    }
  }

  private void overload() throws IOException, GeneralSecurityException, InterruptedException {
    OwnPlace place = place("overload");
    try (Household household = household(place, ScoringJob::define)) {
      household.start();
      try (HttpsLoad load = load(household, place)) {
        load.closedLoop(CONNECTIONS, seconds);
        double sustainable = load.closedLoop(CONNECTIONS, seconds).perSecond();
        // Connections are opened and used once before the load: handshakes are not what is
        // measured.
        load.closedLoop(MANY_CONNECTIONS, 2);
        HttpsLoad.Measured twice = load.openLoop(MANY_CONNECTIONS, 2 * sustainable, seconds);
        say(
            "Overload: sustainable %,.0f verdicts/s (%d connections); twice that asked for on %,d"
                + " connections: %,.0f/s judged = %.0f %% goodput, %,d shed with 429, %,d other",
            sustainable,
            CONNECTIONS,
            MANY_CONNECTIONS,
            twice.perSecond(),
            100 * twice.perSecond() / sustainable,
            twice.refused(),
            twice.other());
      }
    } finally {
      delete(place.directory());
    }
  }

  private static HttpsLoad load(Household household, OwnPlace place)
      throws IOException, GeneralSecurityException {
    return new HttpsLoad(
        household.address(),
        place.authority(),
        place.bearerKey(),
        SubmittedLog.tenThousandCustomers(1),
        0);
  }

  private Household household(OwnPlace place, Household.Road road) {
    return new Household(
        place.householdSettings(),
        Clock.systemUTC(),
        line -> {},
        workplace -> {},
        Extent.VERDICT_PATH,
        road);
  }

  private OwnPlace place(String name) throws IOException {
    return new OwnPlace(directory, name + "-" + places++);
  }

  private static double mean(List<Double> values) {
    return values.stream().mapToDouble(v -> v).average().orElse(Double.NaN);
  }

  private static long bytes(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      // The newest savepoint or checkpoint is the one with the youngest _metadata.
      Path newest =
          files
              .filter(file -> file.endsWith("_metadata"))
              .max(java.util.Comparator.comparingLong(file -> file.toFile().lastModified()))
              .orElseThrow(() -> new IOException("No checkpoint was written"))
              .getParent();
      try (Stream<Path> parts = Files.list(newest)) {
        return parts.mapToLong(part -> part.toFile().length()).sum();
      }
    }
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      files.sorted(java.util.Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    }
  }

  private void say(String format, Object... values) {
    out.accept(String.format(Locale.ROOT, format, values));
  }
}
