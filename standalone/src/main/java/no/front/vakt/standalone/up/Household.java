package no.front.vakt.standalone.up;

import java.net.URI;
import java.time.Clock;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import no.front.vakt.contract.Topics;
import no.front.vakt.detection.job.JobSettings;
import no.front.vakt.detection.scoring.ScoringJob;
import no.front.vakt.standalone.Refusal;
import no.front.vakt.standalone.policyfiles.PolicyDirectory;
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
  private final Parts parts;
  private final CountDownLatch closed = new CountDownLatch(1);
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
    this.parts = new Parts(terminal);
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
    var workplace = parts.take("workplace", () -> Workplace.take(settings.dataDirectory()));
    workplace.checkFreeSpace();
    Workplace.checkPorts(settings);
    var temporary = workplace.freshTemporaryDirectory();
    whenTaken.accept(workplace);

    var certificates = Certificates.prepare(settings.keysDirectory(), clock);
    var secrets = SecretKeys.prepare(settings.keysDirectory(), workplace.hasData());
    terminal.accept("Keys and certificates: %s".formatted(settings.keysDirectory()));
    PartSettings.check(settings, certificates, secrets);
    PolicyDirectory.check(settings.policiesDirectory());

    var engine =
        parts.aside(
            "stream engine",
            () -> StreamEngine.start(temporary, settings.parallelism() * extent.jobs));
    var broker =
        parts.bringUp(
            "broker",
            () ->
                LocalBroker.start(
                    workplace.brokerDirectory(),
                    settings.brokerPort(),
                    settings.controllerPort(),
                    certificates));
    this.broker = broker;
    parts.step(
        "topics and access rules",
        () -> BrokerFurnishing.apply(broker.connection(Member.HOUSEHOLD)));
    road.beforeJob(broker.connection(Member.HOUSEHOLD));
    // At a first start the policies must be on the log before the first message is judged; later
    // they are there, and nothing of the control plane may hold up the verdict path.
    boolean isFirst =
        extent == Extent.WHOLE
            && BrokerFurnishing.isEmpty(broker.connection(Member.HOUSEHOLD), Topics.VAKT_POLICIES);
    Callable<ControlPlane> control =
        () ->
            ControlPlane.open(settings, workplace, certificates, secrets, broker, clock, terminal);
    if (isFirst) {
      controlPlane = parts.bringUp("control API and database", control);
    }
    var jobs = new Jobs(settings, workplace, broker, secrets.sealing(), engine);
    parts.bringUp("scoring job", () -> jobs.scoring(road));
    door =
        parts.bringUpFirstToGo(
            "HTTPS door", () -> Door.open(settings, certificates, secrets, broker));
    if (extent == Extent.VERDICT_PATH) {
      return;
    }
    parts.bringUpBeside("delivery job", jobs::delivery, job -> {});
    parts.bringUpBeside("alert job", jobs::alerts, job -> {});
    parts.bringUpBeside(
        "mail",
        () -> MailRoom.open(settings, certificates, secrets, broker, clock, terminal),
        room -> mailRoom = room);
    if (!isFirst) {
      parts.bringUpBeside("control API and database", control, plane -> controlPlane = plane);
    }
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
    return parts.isStopping();
  }

  /** Waits until somebody has closed the household. */
  public void awaitClosed() throws InterruptedException {
    closed.await();
  }

  /**
   * Takes everything down that is up, the door first; may be called at any moment, more than once,
   * and from any thread.
   */
  @Override
  public void close() {
    parts.close();
    closed.countDown();
  }

  private static String secondsSince(long began) {
    return String.format(Locale.ROOT, "%.1f s", (System.nanoTime() - began) / 1e9);
  }
}
