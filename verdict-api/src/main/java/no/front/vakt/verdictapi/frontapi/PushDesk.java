package no.front.vakt.verdictapi.frontapi;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import no.front.vakt.contract.Channel;
import no.front.vakt.contract.IpAddress;
import no.front.vakt.contract.KeyedHash;
import no.front.vakt.contract.MessageIdentity;
import no.front.vakt.contract.Outcome;
import no.front.vakt.contract.Submission;
import no.front.vakt.contract.Verdict;
import no.front.vakt.contract.WireJson;
import no.front.vakt.verdictapi.access.AccessBook;
import no.front.vakt.verdictapi.access.AccessCheck;
import no.front.vakt.verdictapi.clock.DoorClock;
import no.front.vakt.verdictapi.frontapi.PushIds.PushId;
import no.front.vakt.verdictapi.http.ErrorCode;
import no.front.vakt.verdictapi.load.Admission;
import no.front.vakt.verdictapi.verdicts.Reply;
import no.front.vakt.verdictapi.verdicts.VerdictDesk;

/**
 * One call of the customer API from its fields to its answer: whose it is, whether the caller is
 * that customer, what is wrong with the fields, then the verdict. In this order, so that nobody who
 * is not the customer learns anything. Thread-safe.
 */
public final class PushDesk {
  private final VerdictDesk desk;
  private final Admission admission;
  private final AccessBook book;
  private final AccessCheck access;
  private final DoorClock clock;
  private final Duration deadline;
  private final PushIds ids;

  /** Joins it to the desk all messages go through. */
  public PushDesk(
      VerdictDesk desk,
      Admission admission,
      AccessBook book,
      AccessCheck access,
      KeyedHash hashing,
      DoorClock clock,
      Duration deadline) {
    this.desk = desk;
    this.admission = admission;
    this.book = book;
    this.access = access;
    this.clock = clock;
    this.deadline = deadline;
    this.ids = new PushIds(hashing, this::judgedAt);
  }

  private Optional<Instant> judgedAt(MessageIdentity identity) {
    return desk.find(identity)
        .map(VerdictDesk.Known::verdict)
        .map(verdict -> WireJson.read(verdict, Verdict.class).decidedAt());
  }

  /** Why nothing more is taken on now, if so. */
  Optional<PushAnswer> refusal() {
    return admission.refusal().map(PushDesk::problem);
  }

  /** Takes a call in. */
  CompletableFuture<PushAnswer> submit(PushFields fields, IpAddress source) {
    String customerId = fields.text("serviceid").strip();
    if (customerId.isEmpty()) {
      return told(PushAnswer.refused(PushCode.SERVICEID_MISSING).toNobody());
    }
    String password = fields.text("password");
    return access
        .check(customerId, source, password)
        .thenCompose(
            decision ->
                switch (decision) {
                  case ACCEPTED -> send(customerId, fields, source);
                  case TOO_MANY -> told(PushAnswer.tooFast().toNobody());
                  case REFUSED ->
                      told(
                          PushAnswer.refused(
                                  password.isEmpty()
                                      ? PushCode.ILLEGAL_ADDRESS
                                      : PushCode.INVALID_PASSWORD)
                              .toNobody());
                });
  }

  private CompletableFuture<PushAnswer> send(
      String customerId, PushFields fields, IpAddress source) {
    PushMessage.Outcome read = PushMessage.of(fields);
    PushMessage message = read.message().orElse(null);
    if (message == null) {
      return told(PushAnswer.refused(read.wrong()));
    }
    PushId id = ids.of(customerId, message, clock.now(), System.nanoTime());
    Submission submission =
        new Submission(
            customerId,
            id.messageId(),
            clock.stamp(),
            message.senderId(),
            message.recipient(),
            message.text(),
            source.literal(),
            Channel.API,
            null,
            true);
    return desk.submit(submission, deadline).thenApply(reply -> answer(customerId, id, reply));
  }

  private PushAnswer answer(String customerId, PushId id, Reply reply) {
    if (reply instanceof Reply.Refused refused) {
      return problem(refused.problem().code());
    }
    if (reply instanceof Reply.Judged judged) {
      Verdict verdict = WireJson.read(judged.verdict(), Verdict.class);
      if (verdict.outcome() == Outcome.BLOCK) {
        return PushCodes.stopped(reasoned(verdict), book.language(customerId), id.number());
      }
    }
    return PushAnswer.accepted(id.number());
  }

  /**
   * The judge answers a repeat with the outcome and without the reasons. After a restart of the
   * door a retry may be such a repeat; the first verdict, read back from the log, has them.
   */
  private Verdict reasoned(Verdict verdict) {
    return PushCodes.isReasoned(verdict)
        ? verdict
        : desk.find(verdict.identity())
            .map(VerdictDesk.Known::verdict)
            .map(first -> WireJson.read(first, Verdict.class))
            .filter(PushCodes::isReasoned)
            .orElse(verdict);
  }

  private static PushAnswer problem(ErrorCode code) {
    return switch (code) {
      case CUSTOMER_TOO_FAST, OVERLOADED -> PushAnswer.tooFast();
      case NOT_KNOWN_TO_BE_ACCEPTED -> PushAnswer.unavailable();
      default -> PushAnswer.fault();
    };
  }

  private static CompletableFuture<PushAnswer> told(PushAnswer answer) {
    return CompletableFuture.completedFuture(answer);
  }
}
