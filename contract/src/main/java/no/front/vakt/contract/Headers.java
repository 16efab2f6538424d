package no.front.vakt.contract;

/** Names of Kafka record headers. */
public final class Headers {
  /**
   * On {@code sms.submitted}: the partition of {@code sms.answers} the asking door reads, as a
   * decimal number; absent: nobody waits.
   */
  public static final String REPLY_PARTITION = "reply-partition";

  /**
   * On {@code sms.submitted}: a number from 1 to 2^53 that the door gives each record it appends,
   * as eight bytes, high byte first; the answer brings it back, so that an answer to a record whose
   * acknowledgement was lost is not taken for the answer to a later one of the same id.
   */
  public static final String NONCE = "nonce";

  /**
   * On {@code vakt.policies}: which publisher a record comes from, so that each takes back only its
   * own.
   */
  public static final String PUBLISHED_BY = "published-by";

  private Headers() {}
}
