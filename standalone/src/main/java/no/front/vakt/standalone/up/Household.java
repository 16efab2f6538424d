package no.front.vakt.standalone.up;

import java.net.URI;
import java.nio.file.Files;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.function.Supplier;
import no.front.vakt.detection.job.JobSettings;
import no.front.vakt.detection.job.KafkaConnection;
import no.front.vakt.detection.scoring.ScoringJob;
import no.front.vakt.standalone.Refusal;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everything Vakt needs, in this process. {@link #start} brings the parts up in order, doors last;
 * {@link #close} takes them down in the reverse order, doors first. A part that does not come up
 * takes those before it down again.
 */
public final class Household implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Household.class);

  /** Jobs that run on the one engine: the scoring job, or what is measured in its stead. */
  private static final int JOBS = 1;

  private final HouseholdSettings settings;
  private final Clock clock;
  private final Consumer<String> terminal;
  private final Consumer<Workplace> whenTaken;
  private final Road road;
  private final Deque<AutoCloseable> parts = new ArrayDeque<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile boolean isStopping;
  private volatile @Nullable Door door;
  private volatile Map<String, String> connection = Map.of();

  /**
   * A household that is not up yet.
   *
   * @param terminal takes one line at a time, for the person who starts it
   * @param whenTaken sets up what is the whole process's, once the workplace is ours and before
   *     anything is started there
   */
  public Household(
      HouseholdSettings settings,
      Clock clock,
      Consumer<String> terminal,
      Consumer<Workplace> whenTaken) {
    this(settings, clock, terminal, whenTaken, ScoringJob::define);
  }

  /** A household in which another job stands between submissions and verdicts; for measuring. */
  public Household(
      HouseholdSettings settings,
      Clock clock,
      Consumer<String> terminal,
      Consumer<Workplace> whenTaken,
      Road road) {
    this.settings = settings;
    this.clock = clock;
    this.terminal = terminal;
    this.whenTaken = whenTaken;
    this.road = road;
  }

  /** The job that stands between submissions and verdicts. */
  @FunctionalInterface
  public interface Road {
    /** Puts the job into an environment. */
    void define(StreamExecutionEnvironment environment, JobSettings scoring);

    /**
     * Told once the topics are there, before the job runs.
     *
     * @param connection of the household's own hands
     */
    default void beforeJob(Map<String, String> connection) {}
  }

  /**
   * Brings everything up and returns when the door answers.
   *
   * @throws Refusal when that cannot be; nothing is left running then
   */
  public void start() {
    startWithoutGreeting();
    Greeting.lines(settings, address()).forEach(terminal);
  }

  /** As {@link #start}; what a person reads then is the caller's business. */
  public void startWithoutGreeting() {
    long began = System.nanoTime();
    try {
      bringUp();
    } catch (RuntimeException | Error e) {
      close();
      throw e;
    }
    terminal.accept("");
    terminal.accept("Vakt is up after %s. Ctrl-C stops it.".formatted(secondsSince(began)));
  }

  /** How the household's own hands log in to the broker; only while it is up. */
  public Map<String, String> connection() {
    return connection;
  }

  /** Where the door answers; only while the household is up. */
  public URI address() {
    if (door == null) {
      throw new IllegalStateException("The household is not up.");
    }
    return door.address();
  }

  private void bringUp() {
    var workplace = take("workplace", () -> Workplace.take(settings.dataDirectory()));
    workplace.checkFreeSpace();
    Workplace.checkPorts(settings);
    var temporary = workplace.freshTemporaryDirectory();
    whenTaken.accept(workplace);

    var certificates = Certificates.prepare(settings.keysDirectory(), clock);
    var secrets =
        SecretKeys.prepare(settings.keysDirectory(), Files.exists(workplace.brokerDirectory()));
    terminal.accept("Keys and certificates: %s".formatted(settings.keysDirectory()));

    var soonEngine = aside(() -> StreamEngine.start(temporary, settings.parallelism() * JOBS));
    var broker =
        bringUp(
            "broker",
            () ->
                LocalBroker.start(
                    workplace.brokerDirectory(),
                    settings.brokerPort(),
                    settings.controllerPort(),
                    certificates));
    step(
        "topics and access rules",
        () -> BrokerFurnishing.apply(broker.connection(Member.HOUSEHOLD)));
    bringUp(
        "policies",
        () ->
            PolicyDirectory.watch(
                settings.policiesDirectory(),
                broker.connection(Member.POLICY_PUBLISHER),
                secrets.keyRing().sealing(),
                clock,
                terminal));
    connection = broker.connection(Member.HOUSEHOLD);
    road.beforeJob(connection);
    var checkpoints = workplace.checkpointDirectory(broker.clusterId(), ScoringJob.NAME);
    bringUp(
        "scoring job",
        () ->
            soonEngine
                .get()
                .run(scoringJob(broker.connection(Member.SCORING_JOB), secrets), checkpoints));
    door = bringUp("HTTPS door", () -> Door.open(settings, certificates, secrets, broker));
  }

  private StreamEngine.Job scoringJob(Map<String, String> connection, SecretKeys secrets) {
    var scoring =
        new JobSettings(
            new KafkaConnection(connection.get("bootstrap.servers"), connection),
            secrets.sealing(),
            settings.parallelism(),
            settings.checkpointInterval());
    return new StreamEngine.Job("scoring job", environment -> road.define(environment, scoring));
  }

  /** Whether somebody has begun to close it, or its start has failed. */
  public boolean isStopping() {
    return isStopping;
  }

  /** Waits until somebody has closed the household. */
  public void awaitClosed() throws InterruptedException {
    closed.await();
  }

  /**
   * Takes everything down that is up; may be called at any moment, more than once, and from any
   * thread.
   */
  @Override
  public void close() {
    isStopping = true;
    synchronized (parts) {
      while (!parts.isEmpty()) {
        var part = parts.pop();
        try {
          part.close();
        } catch (Exception e) {
          LOG.warn("A part did not stop in order; the next start recovers.", e);
        }
      }
    }
    closed.countDown();
  }

  /** Starts one part and tells how long it took. */
  private <T extends AutoCloseable> T bringUp(String name, Callable<T> start) {
    long began = System.nanoTime();
    var part = take(name, start);
    tellUp(name, began);
    return part;
  }

  private void step(String name, Runnable step) {
    long began = System.nanoTime();
    take(
        name,
        () -> {
          step.run();
          return () -> {};
        });
    tellUp(name, began);
  }

  /** Starts a part that needs no other beside those that do. */
  private <T extends AutoCloseable> Supplier<T> aside(Supplier<T> start) {
    var part =
        CompletableFuture.supplyAsync(start, task -> new Thread(task, "start-aside").start());
    take("stream engine", () -> () -> part.join().close());
    return () -> {
      try {
        return part.join();
      } catch (CompletionException e) {
        throw e.getCause() instanceof RuntimeException cause ? cause : e;
      }
    };
  }

  private void tellUp(String name, long began) {
    terminal.accept("%-26s up after %s".formatted(name, secondsSince(began)));
  }

  private <T extends AutoCloseable> T take(String name, Callable<T> start) {
    synchronized (parts) {
      if (isStopping) {
        throw new Refusal("The start was stopped.");
      }
      try {
        var part = start.call();
        parts.push(part);
        return part;
      } catch (RuntimeException e) {
        throw e;
      } catch (Exception e) {
        throw new Refusal("The %s did not start: %s.".formatted(name, e.getMessage()), e);
      }
    }
  }

  private static String secondsSince(long began) {
    return String.format(Locale.ROOT, "%.1f s", (System.nanoTime() - began) / 1e9);
  }
}
