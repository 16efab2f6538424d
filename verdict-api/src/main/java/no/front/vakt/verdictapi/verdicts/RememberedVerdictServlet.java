package no.front.vakt.verdictapi.verdicts;

import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import no.front.vakt.contract.WireJson;
import no.front.vakt.verdictapi.http.ErrorCode;
import no.front.vakt.verdictapi.http.Exchange;
import no.front.vakt.verdictapi.http.Problem;

/**
 * {@code GET /v1/customers/{customerId}/verdicts/{messageId}}: a verdict of the last ten minutes
 * and its {@code state}: {@code judged}, or {@code pending} while there is none.
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
    Reply known = VerdictPath.find(request.getRequestURI()).flatMap(desk::find).orElse(null);
    if (known instanceof Reply.Judged judged) {
      ObjectNode verdict = (ObjectNode) WireJson.mapper().readTree(judged.verdict());
      Exchange.answer(
          response, HttpServletResponse.SC_OK, WireJson.bytes(verdict.put(STATE, "judged")));
    } else if (known instanceof Reply.Pending pending) {
      Exchange.answer(
          response,
          HttpServletResponse.SC_OK,
          WireJson.bytes(ReplyJson.pending(pending.identity(), STATE)));
    } else {
      Exchange.refuse(response, Problem.of(ErrorCode.NOT_FOUND));
    }
  }
}
