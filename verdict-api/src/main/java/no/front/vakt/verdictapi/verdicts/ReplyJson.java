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

  /** A batch: an array in the order of the request; 202 when any is pending, else 200. */
  static void write(HttpServletResponse response, List<Reply> replies) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream(2 + replies.size() * BYTES_EACH);
    boolean pending = false;
    char joint = '[';
    for (Reply reply : replies) {
      out.write(joint);
      out.writeBytes(json(reply));
      pending |= reply instanceof Reply.Pending;
      joint = ',';
    }
    if (replies.isEmpty()) {
      out.write('[');
    }
    out.write(']');
    Exchange.answer(
        response,
        pending ? HttpServletResponse.SC_ACCEPTED : HttpServletResponse.SC_OK,
        out.toByteArray());
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
