package no.front.vakt.rules.signal;

/** What messages are counted by, always within one customer. */
public enum Per {
  /** All of the customer's messages together. */
  CUSTOMER("customer", 1),
  /** The sender shown, case folded. */
  SENDER("sender", 2),
  /** The recipient's number. */
  RECIPIENT("recipient", 3),
  /** The country of the recipient's number. */
  COUNTRY("country", 4),
  /** The first digits of the recipient's number. */
  PREFIX("prefix", 5),
  /** Each distinct registrable domain linked to. */
  URL_DOMAIN("urlDomain", 6),
  /** The address called from: IPv4, or IPv6 /64. */
  ORIGIN_IP("originIp", 7);

  private final String wireName;
  private final int number;

  Per(String wireName, int number) {
    this.wireName = wireName;
    this.number = number;
  }

  /** Name in policies and evidence. */
  public String wireName() {
    return wireName;
  }

  /** From 1 up, below 256: numbers of tables rest on it. */
  int number() {
    return number;
  }
}
