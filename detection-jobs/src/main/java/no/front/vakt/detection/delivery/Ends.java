package no.front.vakt.detection.delivery;

/** What ends or parks a message when no person does: the {@code by} of an outcome. */
final class Ends {
  static final String VERDICT = "verdict";
  static final String VALID_UNTIL = "valid-until";
  static final String HOLD_TIME = "hold-time";
  static final String HOLD_FULL = "hold-full";
  static final String BLOCKLIST = "blocklist";
  static final String UNREADABLE = "unreadable";

  private Ends() {}
}
