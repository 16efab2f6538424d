package no.front.vakt.controlapi.trouble;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;

/**
 * Tells of one thing that goes wrong for as long as it does: a warning for each kind of failure,
 * and a line when it is well again. Thread-safe.
 */
public final class TroubleLog {
  private final Logger log;
  private final String trouble;
  private final String relief;
  private final Set<String> told = new HashSet<>();

  /**
   * Tells it to a log.
   *
   * @param trouble what does not go, as a sentence without its end
   * @param relief that it goes again
   */
  public TroubleLog(Logger log, String trouble, String relief) {
    this.log = log;
    this.trouble = trouble;
    this.relief = relief;
  }

  /**
   * Once more it did not go. What Kafka says is told in its words; of what nobody expected there is
   * all to know.
   */
  public synchronized void failed(Throwable failure) {
    Throwable cause =
        failure instanceof ExecutionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    if (!told.add(cause.getClass().getName())) {
      log.debug(trouble, cause);
    } else if (isExpected(cause)) {
      log.warn("{}: {}: {}", trouble, cause.getClass().getSimpleName(), cause.getMessage());
    } else {
      log.warn(trouble, cause);
    }
  }

  private static boolean isExpected(Throwable cause) {
    return cause instanceof KafkaException
        || cause instanceof java.util.concurrent.TimeoutException;
  }

  /** It goes. */
  public synchronized void well() {
    if (!told.isEmpty()) {
      told.clear();
      log.info("{}", relief);
    }
  }
}
