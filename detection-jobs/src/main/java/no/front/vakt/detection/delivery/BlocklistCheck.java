package no.front.vakt.detection.delivery;

import java.io.Serializable;
import no.front.vakt.contract.Submission;

/** Whether something in a message was put on the blocklist while the message lay parked. */
@FunctionalInterface
public interface BlocklistCheck extends Serializable {
  /** Whether the message must not go, asked at the moment it would. */
  boolean lists(Submission message);

  /** Until there is a blocklist. */
  static BlocklistCheck nothingListed() {
    return message -> false;
  }
}
