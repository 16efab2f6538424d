package no.front.vakt.verdictapi.verdicts;

import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import no.front.vakt.contract.MessageIdentity;
import no.front.vakt.contract.WireJson;
import no.front.vakt.verdictapi.http.Exchange;
import no.front.vakt.verdictapi.http.Problem;
import org.jspecify.annotations.Nullable;

/** Replies as HTTP answers. */
final class ReplyJson {
  private static final int BYTES_EACH = 512;

  private ReplyJson() {}

  /** One reply: 200 with the verdict, 202 with where to ask for it, or a problem. */
  static void write(HttpServletResponse response, Reply reply) throws IOException {
    if (reply instanceof Reply.Refused refused) {
      Exchange.refuse(response, refused.problem());
    } else if (reply instanceof Reply.Pending pending) {
      response.setHeader("Location", VerdictPath.of(pending.identity()));
      Exchange.answer(response, HttpServletResponse.SC_ACCEPTED, json(reply));
    } else {
      Exchange.answer(response, HttpServletResponse.SC_OK, json(reply));
    }
  }

  /**
   * A batch: an array in the order of the request; 202 when any is pending, else 200, unless all
   * were refused for one reason that a retry mends.
   */
  static void write(HttpServletResponse response, List<Reply> replies) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream(2 + replies.size() * BYTES_EACH);
    char joint = '[';
    for (Reply reply : replies) {
      out.write(joint);
      out.writeBytes(json(reply));
      joint = ',';
    }
    if (replies.isEmpty()) {
      out.write('[');
    }
    out.write(']');
    Problem wait = sharedWait(replies);
    if (wait != null) {
      response.setHeader("Retry-After", String.valueOf(wait.retryAfterSeconds()));
      Exchange.answer(response, wait.code().status(), out.toByteArray());
      return;
    }
    boolean pending = replies.stream().anyMatch(Reply.Pending.class::isInstance);
    Exchange.answer(
        response,
        pending ? HttpServletResponse.SC_ACCEPTED : HttpServletResponse.SC_OK,
        out.toByteArray());
  }

  /** The problem all entries share, when they do and it is one to wait out. */
  private static @Nullable Problem sharedWait(List<Reply> replies) {
    Problem longest = null;
    for (Reply reply : replies) {
      Problem problem = reply instanceof Reply.Refused refused ? refused.problem() : null;
      Integer wait = problem == null ? null : problem.retryAfterSeconds();
      if (wait == null || longest != null && longest.code() != problem.code()) {
        return null;
      }
      if (longest == null || wait > longest.retryAfterSeconds()) {
        longest = problem;
      }
    }
    return longest;
  }

  private static byte[] json(Reply reply) {
    if (reply instanceof Reply.Judged judged) {
      return judged.verdict();
    }
    if (reply instanceof Reply.Pending pending) {
      return WireJson.bytes(pending(pending.identity(), "status"));
    }
    return ((Reply.Refused) reply).problem().json();
  }

  /** What is said of a message that is not judged yet. */
  static Map<String, Object> pending(MessageIdentity identity, String member) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("customerId", identity.customerId());
    members.put("messageId", identity.messageId());
    members.put(member, "pending");
    return members;
  }
}
