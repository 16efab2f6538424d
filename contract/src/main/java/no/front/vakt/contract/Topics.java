package no.front.vakt.contract;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Every topic: its name, what it carries, what it is keyed by, how long it keeps and how it is cut.
 * {@code docs/topics.md} is this list for people; a test compares the two.
 */
public enum Topics {
  /** Messages as the door took them. */
  SMS_SUBMITTED("sms.submitted", SealedSubmission.class, "customerId", 24, days(3)),
  /** Messages with their first verdict. */
  SMS_VERDICTS("sms.verdicts", JudgedMessage.class, "customerId", 24, days(7)),
  /** Answers; each lies on the partition its asking door reads, whatever its key. */
  SMS_ANSWERS(
      "sms.answers", Answer.class, "customerId, on the reply partition", 24, Duration.ofHours(1)),
  /** What may go to an operator. */
  SMS_DELIVERY("sms.delivery", DeliveryOrder.class, "operator", 24, days(3)),
  /** What people decided of parked messages. */
  SMS_RELEASES("sms.releases", HoldDecision.class, "customerId", 24, days(7)),
  /** What became of messages. */
  SMS_OUTCOMES("sms.outcomes", MessageOutcome.class, "customerId", 24, days(7)),
  /** Policies of all customers; superseded versions stay a week for restores. */
  VAKT_POLICIES("vakt.policies", Policy.class, "customerId", 1, null),
  /** What each job applied. */
  VAKT_APPLIED_POLICIES(
      "vakt.applied-policies", AppliedPolicy.class, "job/subtask/customerId", 1, null),
  /** What people are to be told. */
  VAKT_ALERTS("vakt.alerts", Alert.class, "customerId, or the audience", 24, days(7)),
  /** What staff decided of customer mails that wait. */
  VAKT_ALERT_DECISIONS("vakt.alert-decisions", AlertDecision.class, "reference", 1, days(7)),
  /** Mails a server has taken; kept longer than the alerts they are about. */
  VAKT_MAILS("vakt.mails", MailReceipt.class, "alertId", 1, days(8)),
  /** Calls refused at the door. */
  VAKT_ACCESS_ATTEMPTS("vakt.access-attempts", AccessAttempt.class, "customerId", 24, days(7)),
  /** What passes between customers. */
  VAKT_FLEET_SIGNALS("vakt.fleet-signals", FleetSignal.class, "subject and value", 1, null),
  /** What could not be read. */
  VAKT_DEAD_LETTERS("vakt.dead-letters", DeadLetter.class, "source topic", 1, days(14));

  private final String topicName;
  private final Class<?> payload;
  private final String key;
  private final int partitions;
  private final @Nullable Duration retention;

  Topics(
      String topicName,
      Class<?> payload,
      String key,
      int partitions,
      @Nullable Duration retention) {
    this.topicName = topicName;
    this.payload = payload;
    this.key = key;
    this.partitions = partitions;
    this.retention = retention;
  }

  private static Duration days(int days) {
    return Duration.ofDays(days);
  }

  /** The topic's name on the broker. */
  public String topicName() {
    return topicName;
  }

  /** The record it carries, as JSON. */
  public Class<?> payload() {
    return payload;
  }

  /** What its records are keyed by, in words. */
  public String key() {
    return key;
  }

  /** How many partitions it has. */
  public int partitions() {
    return partitions;
  }

  /** Whether only the newest record of each key is kept for good. */
  public boolean isCompacted() {
    return retention == null;
  }

  /** How long records are kept; for a compacted topic, how long superseded ones stay. */
  public Duration retention() {
    return retention == null ? days(7) : retention;
  }

  /** The topic's settings on the broker; all stamp the log's own time (design decision 7). */
  public Map<String, String> settings() {
    Map<String, String> settings = new TreeMap<>();
    settings.put("message.timestamp.type", "LogAppendTime");
    settings.put("max.message.bytes", String.valueOf(1024 * 1024));
    if (isCompacted()) {
      settings.put("cleanup.policy", "compact");
      settings.put("min.compaction.lag.ms", String.valueOf(retention().toMillis()));
    } else {
      settings.put("cleanup.policy", "delete");
      settings.put("retention.ms", String.valueOf(retention.toMillis()));
    }
    return settings;
  }
}
