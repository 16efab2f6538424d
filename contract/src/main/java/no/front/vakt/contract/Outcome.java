package no.front.vakt.contract;

/** What happens to a message, weakest first. */
public enum Outcome {
  /** Goes to an operator. */
  ALLOW(0),
  /** Is parked until it is released, rejected or expires. */
  HOLD(1),
  /** Is never sent. */
  BLOCK(2);

  private final int number;

  Outcome(int number) {
    this.number = number;
  }

  /** Number that stands for it in state; released numbers never change. */
  public int number() {
    return number;
  }

  /** The outcome of a number. */
  public static Outcome of(int number) {
    for (Outcome outcome : values()) {
      if (outcome.number == number) {
        return outcome;
      }
    }
    throw new IllegalArgumentException("No outcome has the number " + number);
  }
}
