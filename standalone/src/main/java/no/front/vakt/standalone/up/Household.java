package no.front.vakt.standalone.up;

import java.net.URI;
import java.nio.file.Files;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import no.front.vakt.contract.Topics;
import no.front.vakt.detection.alerts.AlertJob;
import no.front.vakt.detection.alerts.AlertSettings;
import no.front.vakt.detection.delivery.DeliveryJob;
import no.front.vakt.detection.delivery.DeliverySettings;
import no.front.vakt.detection.job.JobSettings;
import no.front.vakt.detection.job.KafkaConnection;
import no.front.vakt.detection.scoring.ScoringJob;
import no.front.vakt.standalone.Refusal;
import no.front.vakt.standalone.database.LocalDatabase;
import no.front.vakt.standalone.policyfiles.PolicyDirectory;
import no.front.vakt.standalone.up.HouseholdSettings.Application;
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

  /** How much of the picture is brought up. */
  public enum Extent {
    /** What a verdict depends on: broker, scoring job, door; for measuring it alone. */
    VERDICT_PATH(1),
    /** All of it. */
    WHOLE(3);

    private final int jobs;

    Extent(int jobs) {
      this.jobs = jobs;
    }
  }

  private final HouseholdSettings settings;
  private final Clock clock;
  private final Consumer<String> terminal;
  private final Consumer<Workplace> whenTaken;
  private final Extent extent;
  private final Road road;
  private final Deque<AutoCloseable> parts = new ArrayDeque<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile boolean isStopping;
  private volatile @Nullable LocalBroker broker;
  private volatile @Nullable Door door;
  private volatile @Nullable MailRoom mailRoom;
  private volatile @Nullable ControlPlane controlPlane;

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
    this(settings, clock, terminal, whenTaken, Extent.WHOLE, ScoringJob::define);
  }

  /** A part of the household, or one with another job in ScoringJob's place; for measuring. */
  public Household(
      HouseholdSettings settings,
      Clock clock,
      Consumer<String> terminal,
      Consumer<Workplace> whenTaken,
      Extent extent,
      Road road) {
    this.settings = settings;
    this.clock = clock;
    this.terminal = terminal;
    this.whenTaken = whenTaken;
    this.extent = extent;
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
    Greeting.lines(settings, address(), controlAddress(), mailPage()).forEach(terminal);
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
        SecretKeys.prepare(settings.keysDirectory(), workplace.hasData());
    terminal.accept("Keys and certificates: %s".formatted(settings.keysDirectory()));

    PolicyDirectory.check(settings.policiesDirectory());
    var soonEngine =
        aside(() -> StreamEngine.start(temporary, settings.parallelism() * extent.jobs));
    var broker =
        bringUp(
            "broker",
            () ->
                LocalBroker.start(
                    workplace.brokerDirectory(),
                    settings.brokerPort(),
                    settings.controllerPort(),
                    certificates));
    this.broker = broker;
    step(
        "topics and access rules",
        () -> BrokerFurnishing.apply(broker.connection(Member.HOUSEHOLD)));
    road.beforeJob(broker.connection(Member.HOUSEHOLD));
    // At a first start the policies must be on the log before the first message is judged; later
    // they are there, and nothing of the control plane may hold up the verdict path.
    boolean isFirst =
        extent == Extent.WHOLE
            && BrokerFurnishing.isEmpty(broker.connection(Member.HOUSEHOLD), Topics.VAKT_POLICIES);
    if (isFirst) {
      bringUpControlPlane(workplace, certificates, secrets, broker);
    }
    run(soonEngine, workplace, broker, Member.SCORING_JOB, ScoringJob.NAME, road::define, secrets);
    door = bringUp("HTTPS door", () -> Door.open(settings, certificates, secrets, broker));
    if (extent == Extent.VERDICT_PATH) {
      return;
    }
    run(
        soonEngine,
        workplace,
        broker,
        Member.DELIVERY_JOB,
        DeliveryJob.NAME,
        (environment, job) ->
            DeliveryJob.define(
                environment, DeliverySettings.read(job, settings.handedOn(Application.DELIVERY))),
        secrets);
    run(
        soonEngine,
        workplace,
        broker,
        Member.ALERT_JOB,
        AlertJob.NAME,
        (environment, job) ->
            AlertJob.define(
                environment, AlertSettings.read(job, settings.handedOn(Application.ALERTS))),
        secrets);
    mailRoom = bringUp("mail", () -> MailRoom.open(settings, certificates, secrets, broker, clock));
    if (!isFirst) {
      bringUpControlPlane(workplace, certificates, secrets, broker);
    }
  }

  private void bringUpControlPlane(
      Workplace workplace, Certificates certificates, SecretKeys secrets, LocalBroker broker) {
    var access =
        settings
            .databaseServer()
            .orElseGet(
                () ->
                    bringUp(
                            "database",
                            () ->
                                LocalDatabase.start(
                                    databasePlace(workplace, certificates, secrets), terminal))
                        .access());
    controlPlane =
        bringUp(
            "control API and policies",
            () ->
                ControlPlane.open(
                    settings, certificates, secrets, broker, access, clock, terminal));
  }

  private LocalDatabase.Place databasePlace(
      Workplace workplace, Certificates certificates, SecretKeys secrets) {
    return new LocalDatabase.Place(
        workplace.databaseDirectory(),
        workplace.logFile().resolveSibling("postgresql.log"),
        settings.databasePort(),
        certificates.database(),
        certificates.insideAuthority(),
        secrets.databaseOwnerKey(),
        secrets.databaseKey());
  }

  /** Starts one job, in its own member's name, where it was. */
  private void run(
      Supplier<StreamEngine> engine,
      Workplace workplace,
      LocalBroker broker,
      Member member,
      String name,
      BiConsumer<StreamExecutionEnvironment, JobSettings> definition,
      SecretKeys secrets) {
    var connection = broker.connection(member);
    var job =
        new JobSettings(
            new KafkaConnection(connection.get("bootstrap.servers"), connection),
            secrets.sealing(),
            settings.parallelism(),
            settings.checkpointInterval());
    var called = member.commonName().replace('-', ' ');
    bringUp(
        called,
        () ->
            engine
                .get()
                .run(
                    new StreamEngine.Job(
                        called, environment -> definition.accept(environment, job)),
                    workplace.checkpointDirectory(broker.clusterId(), name)));
  }

  /** Settings for a client that reads what is on the log, in the household's own name. */
  public Map<String, String> connection() {
    return broker().connection(Member.HOUSEHOLD);
  }

  /** The broker; only while the household is up. */
  LocalBroker broker() {
    if (broker == null) {
      throw new IllegalStateException("The household is not up.");
    }
    return broker;
  }

  /** Where a person sees the mails; empty when they go to a server of the operator's. */
  public Optional<URI> mailPage() {
    return Optional.ofNullable(mailRoom).flatMap(MailRoom::page);
  }

  /** Where staff's programs call; empty when only the verdict path is up. */
  public Optional<URI> controlAddress() {
    return Optional.ofNullable(controlPlane).map(ControlPlane::address);
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
      closeDoor();
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

  /** The door first, so that nothing is taken any more; closing it again does nothing. */
  private void closeDoor() {
    var open = door;
    if (open != null) {
      try {
        open.close();
      } catch (RuntimeException e) {
        LOG.warn("The door did not close in order.", e);
      }
    }
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
