package no.front.vakt.verdictapi.verdicts;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import no.front.vakt.contract.FieldProblem;
import no.front.vakt.contract.Submission;
import no.front.vakt.verdictapi.access.AccessCheck;
import no.front.vakt.verdictapi.clock.DoorClock;
import no.front.vakt.verdictapi.http.ErrorCode;
import no.front.vakt.verdictapi.http.Exchange;
import no.front.vakt.verdictapi.http.Problem;
import no.front.vakt.verdictapi.http.ProblemException;
import no.front.vakt.verdictapi.load.Admission;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code POST /v1/verdicts}: one message or a batch. A thread reads the request and another writes
 * the answer; none waits in between. When too much is waiting already, the caller is told so before
 * its body is read.
 */
public final class VerdictServlet extends HttpServlet {
  /** Where it answers. */
  public static final String PATH = "/v1/verdicts";

  /** Header that says how long the caller waits; the query parameter goes before it. */
  static final String DEADLINE_HEADER = "Vakt-Deadline-Millis";

  static final String DEADLINE_PARAMETER = "deadlineMillis";

  private static final Logger LOG = LoggerFactory.getLogger(VerdictServlet.class);

  /** Well within what HTTP/2 sends without being asked for more (64 KiB). */
  private static final long SMALL_BODY_BYTES = 32 * 1024;

  /** Longer than any deadline and the log's acknowledgement together: a net, never a rule. */
  private static final long NET_MILLIS = 30_000;

  private final VerdictDesk desk;
  private final Admission admission;
  private final AccessCheck access;
  private final Duration usualDeadline;
  private final int maxBodyBytes;
  private final SubmissionReader reader;

  /** Joins the servlet to its desk. */
  public VerdictServlet(
      VerdictDesk desk,
      Admission admission,
      AccessCheck access,
      VerdictSettings settings,
      int maxBodyBytes,
      DoorClock clock) {
    this.desk = desk;
    this.admission = admission;
    this.access = access;
    this.usualDeadline = Duration.ofMillis(settings.deadlineMillis());
    this.maxBodyBytes = maxBodyBytes;
    this.reader = new SubmissionReader(clock);
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (!"POST".equals(request.getMethod())) {
      Exchange.refuseMethod(response, "POST");
      return;
    }
    Duration deadline;
    try {
      Optional<ErrorCode> refusal = admission.refusal();
      if (refusal.isPresent()) {
        throw new ProblemException(refusal.get());
      }
      Exchange.requireJson(request);
      Exchange.requireAtMost(request, maxBodyBytes);
      deadline = deadline(request);
    } catch (ProblemException e) {
      refuseUnread(request, response, e.problem());
      return;
    }
    try {
      SubmissionReader.Body body = reader.read(Exchange.body(request, maxBodyBytes));
      if (body.isBatch()) {
        answerBatch(request, response, body.elements(), deadline);
      } else {
        answerOne(request, response, body.elements().get(0), deadline);
      }
    } catch (ProblemException e) {
      Exchange.refuse(response, e.problem());
    }
  }

  /**
   * Refuses in the cheapest way there is: a small body of a known caller is the server's to drop.
   */
  private static void refuseUnread(
      HttpServletRequest request, HttpServletResponse response, Problem problem)
      throws IOException {
    long announced = request.getContentLengthLong();
    if (announced >= 0 && announced <= SMALL_BODY_BYTES) {
      Exchange.refuse(response, problem);
    } else {
      Exchange.refuseUnread(request, response, problem);
    }
  }

  private Duration deadline(HttpServletRequest request) {
    Optional<String> asked =
        Exchange.query(request, DEADLINE_PARAMETER)
            .or(() -> Optional.ofNullable(request.getHeader(DEADLINE_HEADER)));
    if (asked.isEmpty()) {
      return usualDeadline;
    }
    try {
      int millis = Integer.parseInt(asked.get());
      if (millis >= 0 && millis <= VerdictSettings.LONGEST_DEADLINE_MILLIS) {
        return Duration.ofMillis(millis);
      }
    } catch (NumberFormatException e) {
      // told below, with the bounds
    }
    throw new ProblemException(
        Problem.of(
            ErrorCode.INVALID_FIELDS,
            List.of(
                new FieldProblem(
                    DEADLINE_PARAMETER,
                    "must be a whole number from 0 to "
                        + VerdictSettings.LONGEST_DEADLINE_MILLIS))));
  }

  private CompletableFuture<Reply> submit(SubmissionReader.Element element, Duration deadline) {
    Submission submission = element.submission();
    if (submission == null) {
      return refused(element.problem());
    }
    PresentedAccess presented = element.access();
    if (presented == null) {
      return desk.submit(submission, deadline);
    }
    return access
        .check(submission.customerId(), presented.address(), presented.password())
        .thenCompose(
            decision ->
                switch (decision) {
                  case ACCEPTED -> desk.submit(submission, deadline);
                  case REFUSED ->
                      refused(Problem.of(ErrorCode.ACCESS_REFUSED, submission.identity()));
                  case TOO_MANY ->
                      refused(Problem.of(ErrorCode.ACCESS_TOO_MANY, submission.identity()));
                });
  }

  private static CompletableFuture<Reply> refused(Problem problem) {
    return CompletableFuture.completedFuture(new Reply.Refused(problem));
  }

  /** Each of a batch is asked for anew: a thousand are not let in on the word of the first. */
  private CompletableFuture<Reply> submitOfMany(
      SubmissionReader.Element element, Duration deadline) {
    Submission submission = element.submission();
    Optional<ErrorCode> refusal = submission == null ? Optional.empty() : admission.refusal();
    return refusal.isPresent()
        ? CompletableFuture.completedFuture(
            new Reply.Refused(Problem.of(refusal.get(), submission.identity())))
        : submit(element, deadline);
  }

  private void answerOne(
      HttpServletRequest request,
      HttpServletResponse response,
      SubmissionReader.Element element,
      Duration deadline)
      throws IOException {
    CompletableFuture<Reply> reply = submit(element, deadline);
    if (reply.isDone()) {
      ReplyJson.write(response, reply.join());
      return;
    }
    AsyncContext async = startAsync(request);
    reply.thenAccept(told -> finish(async, () -> ReplyJson.write(response, told)));
  }

  private void answerBatch(
      HttpServletRequest request,
      HttpServletResponse response,
      List<SubmissionReader.Element> elements,
      Duration deadline) {
    AsyncContext async = startAsync(request);
    List<CompletableFuture<Reply>> replies = new ArrayList<>(elements.size());
    elements.forEach(element -> replies.add(submitOfMany(element, deadline)));
    CompletableFuture.allOf(replies.toArray(CompletableFuture[]::new))
        .thenRun(
            () ->
                finish(
                    async,
                    () ->
                        ReplyJson.write(
                            response, replies.stream().map(CompletableFuture::join).toList())));
  }

  private static AsyncContext startAsync(HttpServletRequest request) {
    AsyncContext async = request.startAsync();
    async.setTimeout(NET_MILLIS);
    return async;
  }

  private interface Writing {
    void write() throws IOException;
  }

  /** Writes on a thread of the server, never on the one that reads answers from the log. */
  private static void finish(AsyncContext async, Writing writing) {
    async.start(
        () -> {
          try {
            writing.write();
          } catch (IOException e) {
            LOG.debug("A caller left before its answer was written");
          } finally {
            complete(async);
          }
        });
  }

  /** A caller that closes its connection once it has read the answer may get here first. */
  private static void complete(AsyncContext async) {
    try {
      async.complete();
    } catch (IllegalStateException e) {
      LOG.debug("A caller left once its answer was written");
    }
  }
}
