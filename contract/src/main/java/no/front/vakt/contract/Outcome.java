package no.front.vakt.contract;

/** What happens to a message, weakest first. */
public enum Outcome {
  /** Goes to an operator. */
  ALLOW,
  /** Is parked until it is released, rejected or expires. */
  HOLD,
  /** Is never sent. */
  BLOCK
}
