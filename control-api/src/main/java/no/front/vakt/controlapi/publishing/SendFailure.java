package no.front.vakt.controlapi.publishing;

import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.NotEnoughReplicasException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.UnknownTopicIdException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.errors.UnsupportedVersionException;

/**
 * What a failed send says of its record. Holds for a producer that tries once: with retries the
 * last answer says nothing of the attempts before it.
 */
enum SendFailure {
  /** Certainly not appended, and no other record would be. */
  LOG_REFUSED,
  /** Certainly not appended, for what this record is. */
  RECORD_REFUSED,
  /**
   * Anything else. Among them errors that Kafka gives before <em>and</em> after it appended: not
   * the leader any more, too few replicas after the append, no answer in time.
   */
  UNKNOWN;

  /**
   * Given by the broker before it looks at its log, or by the producer before it sends. A topic
   * that is unknown takes with it whatever was appended to it.
   */
  private static final List<Class<? extends Exception>> OF_THE_LOG =
      List.of(
          AuthorizationException.class,
          NotEnoughReplicasException.class,
          UnknownTopicOrPartitionException.class,
          UnknownTopicIdException.class,
          InvalidTopicException.class,
          UnsupportedVersionException.class);

  /** Given by the producer, or by the broker when it checks a batch before it appends it. */
  private static final List<Class<? extends Exception>> OF_THE_RECORD =
      List.of(
          SerializationException.class,
          RecordTooLargeException.class,
          RecordBatchTooLargeException.class,
          InvalidRecordException.class,
          InvalidTimestampException.class);

  static SendFailure of(Throwable failure) {
    Throwable cause =
        failure instanceof ExecutionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    if (OF_THE_LOG.stream().anyMatch(kind -> kind.isInstance(cause))) {
      return LOG_REFUSED;
    }
    return OF_THE_RECORD.stream().anyMatch(kind -> kind.isInstance(cause))
        ? RECORD_REFUSED
        : UNKNOWN;
  }
}
