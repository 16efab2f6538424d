package no.front.vakt.verdictapi.verdicts;

import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import no.front.vakt.contract.MessageIdentity;
import no.front.vakt.contract.MessageOutcome;
import no.front.vakt.contract.WireJson;
import no.front.vakt.verdictapi.http.ErrorCode;
import no.front.vakt.verdictapi.http.Exchange;
import no.front.vakt.verdictapi.http.Problem;

/**
 * {@code GET /v1/customers/{customerId}/verdicts/{messageId}}: a verdict and its {@code state}:
 * what became of the message ({@code parked}, {@code sent}, {@code rejected}, {@code expired}) with
 * {@code at} and {@code by}, else {@code judged}, or {@code pending} while there is no verdict.
 */
public final class RememberedVerdictServlet extends HttpServlet {
  /** Where it answers. */
  public static final String PATHS = "/v1/customers/*";

  private static final String STATE = "state";

  private final VerdictDesk desk;

  /** Joins the servlet to its desk. */
  public RememberedVerdictServlet(VerdictDesk desk) {
    this.desk = desk;
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (!"GET".equals(request.getMethod())) {
      Exchange.refuseMethod(response, "GET");
      return;
    }
    MessageIdentity identity = VerdictPath.find(request.getRequestURI()).orElse(null);
    VerdictDesk.Known known = identity == null ? null : desk.find(identity).orElse(null);
    if (known == null) {
      Exchange.refuse(response, Problem.of(ErrorCode.NOT_FOUND));
    } else {
      Exchange.answer(
          response, HttpServletResponse.SC_OK, WireJson.bytes(members(identity, known)));
    }
  }

  private static ObjectNode members(MessageIdentity identity, VerdictDesk.Known known)
      throws IOException {
    byte[] verdict = known.verdict();
    ObjectNode members =
        verdict == null
            ? WireJson.mapper().valueToTree(identity)
            : (ObjectNode) WireJson.mapper().readTree(verdict);
    MessageOutcome outcome = known.outcome();
    if (outcome == null) {
      return members.put(STATE, known.isPending() ? "pending" : "judged");
    }
    members.set(STATE, WireJson.mapper().valueToTree(outcome.state()));
    members.put("at", WireJson.text(outcome.at()));
    return outcome.by() == null ? members : members.put("by", outcome.by());
  }
}
