package no.front.vakt.controlapi.publishing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.protocol.Errors;
import org.junit.jupiter.api.Test;

class SendFailureTest {
  /** The broker's answers that say its log was not touched; all others leave it open. */
  private static final Set<Errors> NOT_APPENDED =
      EnumSet.of(
          Errors.TOPIC_AUTHORIZATION_FAILED,
          Errors.CLUSTER_AUTHORIZATION_FAILED,
          Errors.NOT_ENOUGH_REPLICAS,
          Errors.UNKNOWN_TOPIC_OR_PARTITION,
          Errors.UNKNOWN_TOPIC_ID,
          Errors.INVALID_TOPIC_EXCEPTION,
          Errors.UNSUPPORTED_VERSION,
          Errors.MESSAGE_TOO_LARGE,
          Errors.RECORD_LIST_TOO_LARGE,
          Errors.INVALID_RECORD,
          Errors.INVALID_TIMESTAMP);

  /** No answers to a produce request. */
  private static final Set<Errors> OF_OTHERS =
      EnumSet.of(
          Errors.NONE,
          Errors.GROUP_AUTHORIZATION_FAILED,
          Errors.TRANSACTIONAL_ID_AUTHORIZATION_FAILED,
          Errors.DELEGATION_TOKEN_AUTHORIZATION_FAILED);

  @Test
  void isCertainOfWhatIsRefusedBeforeTheAppendAndOfNothingElse() {
    for (Errors error : EnumSet.complementOf(EnumSet.copyOf(OF_OTHERS))) {
      assertThat(SendFailure.of(new ExecutionException(error.exception())) != SendFailure.UNKNOWN)
          .as(error.name())
          .isEqualTo(NOT_APPENDED.contains(error));
    }
  }

  @Test
  void tellsARecordThatIsRefusedFromALogThatRefusesAll() {
    assertThat(SendFailure.of(Errors.MESSAGE_TOO_LARGE.exception()))
        .isEqualTo(SendFailure.RECORD_REFUSED);
    assertThat(SendFailure.of(new SerializationException("no JSON")))
        .isEqualTo(SendFailure.RECORD_REFUSED);
    assertThat(SendFailure.of(Errors.TOPIC_AUTHORIZATION_FAILED.exception()))
        .isEqualTo(SendFailure.LOG_REFUSED);
  }
}
