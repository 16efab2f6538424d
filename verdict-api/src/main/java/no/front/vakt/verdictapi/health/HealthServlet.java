package no.front.vakt.verdictapi.health;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import no.front.vakt.contract.WireJson;
import no.front.vakt.verdictapi.http.Exchange;
import no.front.vakt.verdictapi.kafka.AnswerFeed;
import no.front.vakt.verdictapi.kafka.PolicyFeed;
import no.front.vakt.verdictapi.load.Admission;

/**
 * {@code GET /v1/health}: 200 when the broker is reachable, answers flow and policies are followed,
 * else 503: a door that misses policies lets in whom they shut out. Needs no credentials from this
 * machine.
 */
public final class HealthServlet extends HttpServlet {
  /** Where it answers. */
  public static final String PATH = "/v1/health";

  private final AnswerFeed feed;
  private final PolicyFeed policies;
  private final Admission admission;

  /** Joins the servlet to what it tells of. */
  public HealthServlet(AnswerFeed feed, PolicyFeed policies, Admission admission) {
    this.feed = feed;
    this.policies = policies;
    this.admission = admission;
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (!"GET".equals(request.getMethod())) {
      Exchange.refuseMethod(response, "GET");
      return;
    }
    boolean connected = feed.isConnected();
    boolean stalled = admission.isStalled();
    boolean followed = policies.isConnected();
    boolean up = connected && !stalled && followed;
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("status", up ? "up" : "down");
    facts.put("broker", connected ? "reachable" : "unreachable");
    facts.put("answers", stalled ? "stalled" : "flowing");
    facts.put("policies", followed ? "followed" : "not followed");
    facts.put("unanswered", admission.unanswered());
    Exchange.answer(
        response,
        up ? HttpServletResponse.SC_OK : HttpServletResponse.SC_SERVICE_UNAVAILABLE,
        WireJson.bytes(facts));
  }
}
