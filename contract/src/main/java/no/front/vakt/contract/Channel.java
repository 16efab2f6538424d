package no.front.vakt.contract;

/** How the customer handed the message in. */
public enum Channel {
  /** From the customer's own system. */
  API,
  /** By a person in a browser. */
  WEB
}
