package no.front.vakt.standalone.crash;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import no.front.vakt.contract.Submission;
import no.front.vakt.contract.Topics;
import no.front.vakt.standalone.Refusal;
import no.front.vakt.standalone.outside.OwnPlace;
import no.front.vakt.standalone.outside.VaktProcess;
import org.jspecify.annotations.Nullable;

/**
 * One trial: traffic over HTTPS and changing policies, the process killed and started again at
 * once, and when all is quiet a verifier that believes nothing but the logs and what the gateway
 * was told.
 */
final class CrashTrial {
  private static final long GLANCE_NANOS = TimeUnit.MILLISECONDS.toNanos(2);
  private static final int PROBE_DEADLINE_MILLIS = 5_000;
  private static final long LONGEST_WAIT_FOR_CHECKPOINT_SECONDS = 15;

  /** The logs have stood still for so many looks, this far apart, before they are read. */
  private static final int STILL_LOOKS = 6;

  private static final long BETWEEN_LOOKS_MILLIS = 1_000;

  private final CrashSettings settings;
  private final OwnPlace place;
  private final Consumer<String> out;
  private final Ledger ledger = new Ledger();
  private final CrashPolicies policies;
  private final PolicyChanges changes;
  private final List<Double> secondsToVerdict = new ArrayList<>();
  private final List<KillPlan.Moment> moments = new ArrayList<>();
  private VerdictCaller.@Nullable Door door;
  private @Nullable VaktProcess process;
  private long killedNanos;
  private boolean isAwaited;
  private int probes;
  private volatile boolean isQuiet;
  private int policyChanges;

  /**
   * A trial.
   *
   * @param out takes one line at a time for the person who watches
   */
  CrashTrial(CrashSettings settings, OwnPlace place, Consumer<String> out) {
    this.settings = settings;
    this.place = place;
    this.out = out;
    this.policies = new CrashPolicies(settings);
    this.changes = new PolicyFiles(place.policies());
  }

  /** Runs it to its end; nothing it started is left running. */
  CrashReport run() throws IOException, GeneralSecurityException, InterruptedException {
    for (int customer = 0; customer < settings.customers(); customer++) {
      changes.change(policies.next(customer));
    }
    try {
      long begun = System.nanoTime();
      process = settings.rehearses() ? VaktProcess.startFirst(place) : VaktProcess.start(place);
      awaitVerdict();
      say("First verdict %.1f s after the first start", (System.nanoTime() - begun) / 1e9);
      if (settings.rehearses()) {
        running().stop();
        start();
        awaitVerdict();
      }
      long repeated = drive();
      LogReader reader = new LogReader(place);
      awaitStillness(reader);
      Check.Evidence evidence = Check.Evidence.of(ledger.all(), reader.read());
      return CrashReport.of(
          evidence, moments, List.copyOf(secondsToVerdict), policyChanges, repeated);
    } finally {
      if (process != null) {
        process.stop();
      }
    }
  }

  private long drive() throws IOException, GeneralSecurityException, InterruptedException {
    Thread changing = new Thread(this::changePolicies, "policy-changes");
    changing.setDaemon(true);
    try (Gateway gateway = new Gateway(settings, door(), ledger)) {
      gateway.start();
      gateway.open();
      changing.start();
      for (KillPlan.Kill kill : KillPlan.of(settings)) {
        go(gateway, () -> gateway.handedIn() >= kill.afterSubmissions());
        kill(kill, gateway);
      }
      awaitVerdict();
      go(gateway, gateway::isDone);
      return gateway.repeated();
    } finally {
      isQuiet = true;
      changing.interrupt();
      changing.join();
    }
  }

  /** Lets traffic run until something is so, and opens the gateway again whenever it shut. */
  private void go(Gateway gateway, BooleanSupplier isReached)
      throws IOException, GeneralSecurityException, InterruptedException {
    int before = gateway.handedIn();
    long deadline = System.nanoTime() + settings.patience().toNanos();
    while (!isReached.getAsBoolean()) {
      if (gateway.isShut()) {
        awaitVerdict();
        gateway.open();
      }
      if (gateway.handedIn() > before) {
        before = gateway.handedIn();
        deadline = System.nanoTime() + settings.patience().toNanos();
      }
      if (System.nanoTime() > deadline) {
        out.accept("The traffic does not get on; what is there is checked all the same.");
        return;
      }
      LockSupport.parkNanos(GLANCE_NANOS);
    }
  }

  private void kill(KillPlan.Kill kill, Gateway gateway)
      throws IOException, GeneralSecurityException, InterruptedException {
    switch (kill.moment()) {
      case CHECKPOINT -> awaitCheckpoint(gateway);
      case START_UP -> TimeUnit.MILLISECONDS.sleep(kill.delayMillis());
      case AT_ONCE_AGAIN -> {
        awaitVerdict();
        gateway.open();
        TimeUnit.MILLISECONDS.sleep(kill.delayMillis());
      }
      case TRAFFIC -> {
        if (isAwaited) {
          awaitVerdict();
          gateway.open();
        }
      }
    }
    running().kill();
    killedNanos = System.nanoTime();
    moments.add(kill.moment());
    say(
        "Kill %d of %d: %s, after %,d messages; load of the machine %.1f on %d cores",
        moments.size(),
        settings.kills(),
        words(kill.moment()),
        gateway.handedIn(),
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
        Runtime.getRuntime().availableProcessors());
    isAwaited = true;
    start();
  }

  static String words(KillPlan.Moment moment) {
    return switch (moment) {
      case TRAFFIC -> "in traffic";
      case CHECKPOINT -> "in a checkpoint";
      case START_UP -> "while starting";
      case AT_ONCE_AGAIN -> "just up again";
    };
  }

  private void start() throws IOException {
    process = VaktProcess.start(place);
  }

  private VaktProcess running() {
    if (process == null) {
      throw new IllegalStateException("Nothing was started");
    }
    return process;
  }

  private VerdictCaller.Door door() throws IOException, GeneralSecurityException {
    if (door == null) {
      door = VerdictCaller.Door.of(place);
    }
    return door;
  }

  /** Asks until a message handed in now is answered with its verdict. */
  private void awaitVerdict() throws IOException, GeneralSecurityException, InterruptedException {
    long deadline = System.nanoTime() + settings.patience().toNanos();
    while (System.nanoTime() < deadline) {
      if (!running().isAlive()) {
        throw new Refusal(
            "up ended by itself; %s tells why.".formatted(place.directory().resolve("up.log")));
      }
      if (Files.exists(place.bearerKey()) && Files.exists(place.authority()) && isJudged()) {
        if (isAwaited) {
          secondsToVerdict.add((System.nanoTime() - killedNanos) / 1e9);
          isAwaited = false;
          say(
              "  first verdict after %.1f s; it took %.1f s of core time",
              secondsToVerdict.get(secondsToVerdict.size() - 1), running().coreSeconds());
        }
        return;
      }
      TimeUnit.MILLISECONDS.sleep(50);
    }
    throw new Refusal(
        "No verdict came within %d s; %s may tell why."
            .formatted(settings.patience().toSeconds(), place.directory().resolve("up.log")));
  }

  private boolean isJudged() throws GeneralSecurityException {
    Submission probe = CrashTraffic.probe(probes);
    try (VerdictCaller caller = new VerdictCaller(door())) {
      ledger.handedIn(probe.identity());
      var reply = caller.call(List.of(probe), PROBE_DEADLINE_MILLIS).get(probe.identity());
      if (reply != null && reply.verdict() != null) {
        ledger.judged(probe.identity(), reply.verdict());
        probes++;
        return true;
      }
      if (reply != null && reply.isPending()) {
        ledger.accepted(probe.identity());
      } else if (reply != null && reply.refusal() != null) {
        ledger.refused(probe.identity(), reply.refusal());
      }
      return false;
    } catch (IOException e) {
      return false;
    }
  }

  /** Waits until a checkpoint has begun that is not complete; then is the moment. */
  private void awaitCheckpoint(Gateway gateway)
      throws IOException, GeneralSecurityException, InterruptedException {
    awaitVerdict();
    gateway.open();
    CheckpointWatch watch = new CheckpointWatch(place.checkpoints());
    long deadline =
        System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_WAIT_FOR_CHECKPOINT_SECONDS);
    while (!watch.isOneBegun() && System.nanoTime() < deadline) {
      LockSupport.parkNanos(GLANCE_NANOS);
    }
  }

  private void changePolicies() {
    try {
      while (!isQuiet) {
        TimeUnit.MILLISECONDS.sleep(policies.pauseMillis());
        changes.change(policies.next(policies.someCustomer()));
        policyChanges++;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      say("A policy could not be changed: %s", e.getMessage());
    }
  }

  private void awaitStillness(LogReader reader) throws InterruptedException {
    long deadline = System.nanoTime() + settings.patience().toNanos();
    Map<Topics, Long> before = Map.of();
    int still = 0;
    while (still < STILL_LOOKS && System.nanoTime() < deadline) {
      TimeUnit.MILLISECONDS.sleep(BETWEEN_LOOKS_MILLIS);
      Map<Topics, Long> now = reader.sizes();
      still = now.equals(before) ? still + 1 : 0;
      before = now;
    }
    if (still < STILL_LOOKS) {
      out.accept("The logs do not stand still; what is there is checked all the same.");
    }
  }

  private void say(String format, Object... values) {
    out.accept(String.format(Locale.ROOT, format, values));
  }
}
