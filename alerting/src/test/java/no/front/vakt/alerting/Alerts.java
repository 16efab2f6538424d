package no.front.vakt.alerting;

import java.util.List;
import no.front.vakt.contract.AccessAttempt;
import no.front.vakt.contract.Alert;
import no.front.vakt.contract.AlertAudience;
import no.front.vakt.contract.AlertType;

/** Alerts of twelve stopped messages, or of refused calls. */
final class Alerts {
  private Alerts() {}

  static Alert alert(int number, String customerId, AlertAudience audience) {
    return alert(number, customerId, audience, List.of());
  }

  static Alert alert(
      int number, String customerId, AlertAudience audience, List<AccessAttempt> calls) {
    return new Alert(
        String.format("%08x", number).repeat(4),
        customerId,
        audience,
        calls.isEmpty() ? AlertType.FIRST : AlertType.ACCESS_REFUSED,
        AlertingTest.NOON,
        AlertingTest.NOON,
        AlertingTest.NOON,
        12,
        0,
        12,
        null,
        List.of(),
        List.of(),
        calls,
        List.of(),
        1);
  }
}
