package no.front.vakt.testdata.scenario;

import java.time.LocalTime;
import org.jspecify.annotations.Nullable;

/**
 * Something that happens in the day and is not the customer's everyday traffic.
 *
 * @param label short name; its messages carry it
 * @param customerId whom it befalls
 * @param from when it begins
 * @param until when it is over
 * @param story what happens, for a person who watches
 * @param stoppedBy the rule that must stop it, {@link #AT_THE_DOOR}, or null when it is innocent
 *     and must pass
 */
public record Incident(
    String label,
    String customerId,
    LocalTime from,
    LocalTime until,
    String story,
    @Nullable String stoppedBy) {

  /** In place of a rule: the calls are refused before anything is judged. */
  public static final String AT_THE_DOOR = "access";

  /** Whether it is only a busy hour, of which nothing may be stopped. */
  public boolean isInnocent() {
    return stoppedBy == null;
  }

  /** Whether its calls must be refused, so that nothing of it is ever judged. */
  public boolean isRefusedAtTheDoor() {
    return AT_THE_DOOR.equals(stoppedBy);
  }
}
