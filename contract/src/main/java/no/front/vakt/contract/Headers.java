package no.front.vakt.contract;

/** Names of Kafka record headers. */
public final class Headers {
  /**
   * On {@code sms.submitted}: the partition of {@code sms.answers} the asking door reads, as a
   * decimal number; absent: nobody waits.
   */
  public static final String REPLY_PARTITION = "reply-partition";

  /**
   * On {@code vakt.policies}: which publisher a record comes from, so that each takes back only its
   * own.
   */
  public static final String PUBLISHED_BY = "published-by";

  private Headers() {}
}
