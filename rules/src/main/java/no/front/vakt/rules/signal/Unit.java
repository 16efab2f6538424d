package no.front.vakt.rules.signal;

/** What is counted of a message. */
public enum Unit {
  /** The message, once. */
  MESSAGE("message"),
  /** Its SMS segments. */
  SEGMENT("segment");

  private final String wireName;

  Unit(String wireName) {
    this.wireName = wireName;
  }

  /** Name in policies and evidence. */
  public String wireName() {
    return wireName;
  }
}
