package no.front.vakt.testdata.scenario;

/** By which door a message comes in. */
public enum Way {
  /** The gateway asks {@code /v1/verdicts} for the customer. */
  GATEWAY,
  /** The customer's own system calls {@code /psk/push.php}. */
  CUSTOMER_API
}
