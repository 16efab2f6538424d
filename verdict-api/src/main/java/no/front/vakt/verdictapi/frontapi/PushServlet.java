package no.front.vakt.verdictapi.frontapi;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import no.front.vakt.verdictapi.http.AsyncBody;
import no.front.vakt.verdictapi.http.SourceAddresses;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code GET} and {@code POST /psk/push.php}: Front's customer API as clients in the field know it.
 * No thread waits: not for a body that trickles in, not for a password, not for the judge. Nothing
 * of a request is ever logged.
 */
public final class PushServlet extends HttpServlet {
  /** Where it answers. */
  public static final String PATH = "/psk/push.php";

  private static final Logger LOG = LoggerFactory.getLogger(PushServlet.class);

  /** Far more than a message of four segments takes in any encoding. */
  private static final int MOST_BODY_BYTES = 64 * 1024;

  /** Longer than a password's wait, the deadline and the log's acknowledgement together: a net. */
  private static final long NET_MILLIS = 30_000;

  private static final byte[] NOTHING = {};

  private final PushDesk desk;
  private final SourceAddresses sources;

  /** Joins the servlet to its desk. */
  public PushServlet(PushDesk desk, SourceAddresses sources) {
    this.desk = desk;
    this.sources = sources;
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    boolean posted = "POST".equals(request.getMethod());
    // HEAD is not GET here: what only looks must not send.
    if (!posted && !"GET".equals(request.getMethod())) {
      PushAnswer.wrongMethod().toNobody().write(response, false);
      return;
    }
    Optional<PushAnswer> refusal = desk.refusal();
    if (refusal.isPresent()) {
      refusal.get().write(response, false);
      return;
    }
    AsyncContext async = request.startAsync();
    async.setTimeout(NET_MILLIS);
    if (posted && request.getContentLengthLong() != 0) {
      AsyncBody.read(
          request,
          async,
          MOST_BODY_BYTES,
          body -> answer(async, request, response, body),
          () ->
              finish(
                  async,
                  response,
                  PushAnswer.refused(PushCode.TOO_LONG).toNobody(),
                  PushReader.isJson(request.getContentType())));
    } else {
      answer(async, request, response, NOTHING);
    }
  }

  private void answer(
      AsyncContext async, HttpServletRequest request, HttpServletResponse response, byte[] body) {
    boolean json = false;
    CompletableFuture<PushAnswer> answer;
    try {
      PushFields fields = PushReader.read(request.getQueryString(), request.getContentType(), body);
      json = fields.isJson();
      answer = desk.submit(fields, sources.of(request));
    } catch (RuntimeException e) {
      answer = CompletableFuture.failedFuture(e);
    }
    boolean asJson = json;
    answer
        .exceptionally(PushServlet::fault)
        .thenAccept(told -> finish(async, response, told, asJson));
  }

  /** The kind of a fault is told and nothing else of it: its message may quote the request. */
  private static PushAnswer fault(Throwable failure) {
    Throwable cause = failure.getCause() == null ? failure : failure.getCause();
    LOG.error("A call to the customer API failed: {}", cause.getClass().getName());
    return PushAnswer.fault();
  }

  private static void finish(
      AsyncContext async, HttpServletResponse response, PushAnswer answer, boolean json) {
    async.start(
        () -> {
          try {
            answer.write(response, json);
          } catch (IOException e) {
            LOG.debug("A caller left before its answer was written");
          } finally {
            complete(async);
          }
        });
  }

  private static void complete(AsyncContext async) {
    try {
      async.complete();
    } catch (IllegalStateException e) {
      LOG.debug("A caller left once its answer was written");
    }
  }
}
