package no.front.vakt.verdictapi.verdicts;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import no.front.vakt.contract.Answer;
import no.front.vakt.contract.KeyedHash;
import no.front.vakt.contract.MessageIdentity;
import no.front.vakt.contract.MessageOutcome;
import no.front.vakt.contract.Outcome;
import no.front.vakt.contract.Submission;
import no.front.vakt.contract.Verdict;
import no.front.vakt.contract.WireJson;
import no.front.vakt.verdictapi.http.ErrorCode;
import no.front.vakt.verdictapi.http.Problem;
import no.front.vakt.verdictapi.load.Admission;
import no.front.vakt.verdictapi.load.CustomerAllowance;
import no.front.vakt.verdictapi.verdicts.RememberedVerdicts.Remembered;
import no.front.vakt.verdictapi.verdicts.Whereabouts.Whereabout;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes messages in and gives their answers out: submit, wait, answer. A message goes to the log
 * once, however often it is submitted; a repeat gets the first answer, or waits for it beside the
 * first caller. Nothing blocks: callers hold futures, one thread keeps the deadlines. Thread-safe.
 *
 * <p>What is kept: each unanswered identity until its answer comes, at most as long as answers are
 * remembered, and their number is what {@link Admission} bounds; each verdict in {@link
 * RememberedVerdicts}, what became of messages in {@link Whereabouts}. An answer nobody waits for
 * is remembered all the same.
 */
public final class VerdictDesk implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(VerdictDesk.class);

  /** How long it is known of a held message what became of it: as far as the log is read back. */
  public static final Duration OUTCOMES_KEPT = Whereabouts.HELD;

  private static final long SWEEP_SECONDS = 10;

  private final SubmissionLog log;
  private final KeyedHash digests;
  private final CustomerAllowance allowance;
  private final Admission admission;
  private final RememberedVerdicts memory;
  private final Whereabouts whereabouts;
  private final Nonces nonces = new Nonces();
  private final long longestFlightNanos;
  private final ConcurrentMap<MessageIdentity, InFlight> inFlight = new ConcurrentHashMap<>();
  private final ScheduledThreadPoolExecutor deadlines;

  /** Joins the desk to its log and its limits. */
  public VerdictDesk(
      SubmissionLog log,
      KeyedHash digests,
      CustomerAllowance allowance,
      Admission admission,
      VerdictSettings settings) {
    this.log = log;
    this.digests = digests;
    this.allowance = allowance;
    this.admission = admission;
    this.memory = new RememberedVerdicts(settings);
    this.whereabouts = new Whereabouts(settings);
    this.longestFlightNanos = settings.memory().toNanos();
    this.deadlines =
        new ScheduledThreadPoolExecutor(1, task -> new Thread(task, "verdict-deadlines"));
    deadlines.setRemoveOnCancelPolicy(true);
    deadlines.scheduleWithFixedDelay(this::sweep, SWEEP_SECONDS, SWEEP_SECONDS, TimeUnit.SECONDS);
  }

  /**
   * Takes a message in.
   *
   * @param deadline how long its caller waits for the verdict; zero: only for the log
   * @return what to tell the caller; always completes, and never exceptionally
   */
  public CompletableFuture<Reply> submit(Submission submission, Duration deadline) {
    MessageIdentity identity = submission.identity();
    int wait = allowance.secondsToWait(identity.customerId());
    if (wait > 0) {
      return refused(Problem.of(ErrorCode.CUSTOMER_TOO_FAST, identity, wait));
    }
    InFlight mine = InFlight.of(digest(submission), nonces.next());
    InFlight first = inFlight.putIfAbsent(identity, mine);
    if (first != null) {
      return first.digest().equals(mine.digest())
          ? reply(identity, first, deadline, true)
          : refused(Problem.of(ErrorCode.ID_REUSED, identity));
    }
    Remembered remembered = memory.find(identity).orElse(null);
    if (remembered == null || remembered.digest() == null) {
      send(submission, mine);
      return reply(identity, mine, deadline, false);
    }
    inFlight.remove(identity, mine);
    // Somebody may have joined in the meantime; they are told the same.
    mine.acknowledged().complete(null);
    mine.settled()
        .complete(
            mine.digest().equals(remembered.digest())
                ? new Settled(remembered.verdict(), null)
                : new Settled(null, Answer.ID_REUSED));
    return reply(identity, mine, deadline, true);
  }

  private String digest(Submission submission) {
    // Nothing normalised holds a NUL, so the joints cannot be shifted.
    return digests.of(
        "door-content",
        submission.senderId()
            + '\0'
            + submission.recipient()
            + '\0'
            + submission.text()
            + '\0'
            + submission.deliver());
  }

  private void send(Submission submission, InFlight flight) {
    admission.sent();
    flight.sent().set(true);
    log.append(submission, flight.nonce())
        .whenComplete(
            (done, failure) -> {
              if (failure == null) {
                admission.acknowledged();
                flight.acknowledged().complete(null);
              } else if (inFlight.remove(submission.identity(), flight)) {
                admission.failed();
                flight.acknowledged().completeExceptionally(failure);
              } else {
                // The answer overtook the acknowledgement that then got lost.
                admission.acknowledged();
              }
            });
  }

  private static CompletableFuture<Reply> refused(Problem problem) {
    return CompletableFuture.completedFuture(new Reply.Refused(problem));
  }

  private CompletableFuture<Reply> reply(
      MessageIdentity identity, InFlight flight, Duration deadline, boolean repeat) {
    if (deadline.isZero() && flight.isPending()) {
      return CompletableFuture.completedFuture(new Reply.Pending(identity));
    }
    CompletableFuture<Reply> reply = new CompletableFuture<>();
    flight.settled().thenAccept(settled -> reply.complete(told(identity, settled, repeat)));
    flight
        .acknowledged()
        .whenComplete(
            (done, failure) -> {
              if (failure != null) {
                reply.complete(
                    new Reply.Refused(Problem.of(ErrorCode.NOT_KNOWN_TO_BE_ACCEPTED, identity)));
              } else if (deadline.isZero()) {
                reply.complete(new Reply.Pending(identity));
              }
            });
    if (!deadline.isZero() && !reply.isDone()) {
      ScheduledFuture<?> timer =
          deadlines.schedule(
              () ->
                  flight.acknowledged().thenRun(() -> reply.complete(new Reply.Pending(identity))),
              deadline.toMillis(),
              TimeUnit.MILLISECONDS);
      reply.whenComplete((told, failure) -> timer.cancel(false));
    }
    return reply;
  }

  private static Reply told(MessageIdentity identity, Settled settled, boolean repeat) {
    byte[] verdict = settled.verdict();
    if (verdict != null) {
      return new Reply.Judged(repeat ? Repeat.marked(verdict) : verdict);
    }
    if (Answer.ID_REUSED.equals(settled.refusal())) {
      return new Reply.Refused(Problem.of(ErrorCode.ID_REUSED, identity));
    }
    LOG.error("The judge refused a message for a reason this door does not know");
    return new Reply.Refused(Problem.of(ErrorCode.INTERNAL, identity));
  }

  /**
   * Takes an answer of the judge, whether anybody waits for it or not. Only an answer to the very
   * record a caller waits for settles that caller: under the same id a record may have come before
   * it whose acknowledgement was lost, and with other content.
   */
  public void answered(Answer answer) {
    MessageIdentity identity = answer.identity();
    InFlight waiting = inFlight.get(identity);
    InFlight flight = waiting != null && waiting.isAnsweredBy(answer) ? waiting : null;
    Verdict verdict = answer.verdict();
    byte[] json = verdict == null ? null : WireJson.bytes(verdict);
    if (json != null) {
      memory.remember(identity, flight == null ? null : flight.digest(), json);
      if (verdict.outcome() == Outcome.HOLD) {
        whereabouts.held(identity, json);
      }
    }
    // Remembered first, then no longer in flight: a repeat finds it in one place or the other.
    if (flight != null && inFlight.remove(identity, flight)) {
      admission.answered();
      flight.settled().complete(new Settled(json, answer.refusal()));
    }
  }

  /**
   * Takes what became of a message after its verdict.
   *
   * @param age how long that is known in the log
   */
  public void became(MessageOutcome outcome, Duration age) {
    whereabouts.became(outcome, age);
  }

  /**
   * What is known of a message: at least one is there.
   *
   * @param verdict JSON
   * @param outcome what became of it after its verdict
   * @param isPending whether it is in the log and not judged yet
   */
  public record Known(
      byte @Nullable [] verdict, @Nullable MessageOutcome outcome, boolean isPending) {}

  /** What is known of an identity, if anything. */
  public Optional<Known> find(MessageIdentity identity) {
    // The flight first: it ends after its verdict is remembered.
    InFlight flight = inFlight.get(identity);
    Whereabout whereabout = whereabouts.find(identity).orElse(null);
    byte[] verdict =
        memory
            .find(identity)
            .map(Remembered::verdict)
            .orElse(whereabout == null ? null : whereabout.verdict());
    MessageOutcome outcome = whereabout == null ? null : whereabout.latest();
    boolean pending = verdict == null && flight != null && flight.isPending();
    return verdict == null && outcome == null && !pending
        ? Optional.empty()
        : Optional.of(new Known(verdict, outcome, pending));
  }

  private void sweep() {
    long now = System.nanoTime();
    inFlight.forEach(
        (identity, flight) -> {
          if (now - flight.sinceNanos() > longestFlightNanos && inFlight.remove(identity, flight)) {
            admission.givenUp();
          }
        });
  }

  /** Forgets the deadlines; callers that still wait are told nothing more. */
  @Override
  public void close() {
    deadlines.shutdownNow();
  }
}
