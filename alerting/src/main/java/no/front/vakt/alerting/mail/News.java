package no.front.vakt.alerting.mail;

import java.util.List;
import no.front.vakt.contract.Alert;
import org.jspecify.annotations.Nullable;

/**
 * An alert with what a mail needs besides: opened before it is queued, so that a missing key stops
 * the reading of alerts and not the writing of a mail. Lives in memory alone.
 *
 * @param alert the alert
 * @param customerName what people call the customer; its id when it has no name
 * @param addresses the addresses of the alert's refused calls, opened, in their order; empty texts
 *     where there is none
 * @param refusal set: it tells that a contact of the customer cannot be mailed
 */
public record News(
    Alert alert, String customerName, List<String> addresses, @Nullable Refusal refusal) {

  /**
   * That a mail server refuses a contact for good.
   *
   * @param contact the contact's address, masked
   * @param problem the server's code
   */
  public record Refusal(String contact, String problem) {}

  /** Copies the addresses. */
  public News {
    addresses = List.copyOf(addresses);
  }

  /** The same news with a refusal of one contact. */
  public News refused(Refusal newRefusal) {
    return new News(alert, customerName, addresses, newRefusal);
  }

  /** Names the alert, shows no address. */
  @Override
  public String toString() {
    return "News[" + alert.alertId() + "]";
  }
}
