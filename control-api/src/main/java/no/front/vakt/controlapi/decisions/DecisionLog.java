package no.front.vakt.controlapi.decisions;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import no.front.vakt.contract.AlertDecision;
import no.front.vakt.contract.HoldDecision;
import no.front.vakt.contract.Topics;
import no.front.vakt.contract.WireJson;
import no.front.vakt.controlapi.http.ErrorCode;
import no.front.vakt.controlapi.http.ProblemException;
import no.front.vakt.controlapi.trouble.TroubleLog;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts what people decide on the log, for the jobs that hold what is decided of. A decision is
 * taken when the log has it; taken twice, the jobs see the first. Thread-safe.
 */
public final class DecisionLog implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DecisionLog.class);
  private static final Duration DELIVERY = Duration.ofSeconds(3);

  private final TroubleLog trouble =
      new TroubleLog(LOG, "The log does not take decisions", "The log takes decisions again");
  private final KafkaProducer<String, byte[]> producer;

  /** Connects in the background. */
  public DecisionLog(Map<String, Object> kafka) {
    Map<String, Object> settings = new HashMap<>(kafka);
    settings.put("acks", "all");
    settings.put("enable.idempotence", "true");
    settings.put("linger.ms", "0");
    settings.put("delivery.timeout.ms", String.valueOf(DELIVERY.toMillis()));
    settings.put("request.timeout.ms", String.valueOf(DELIVERY.toMillis() - 500));
    settings.put("max.block.ms", String.valueOf(DELIVERY.toMillis()));
    producer = new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
  }

  /** Of a parked message. */
  void take(HoldDecision decision) {
    send(Topics.SMS_RELEASES, decision.customerId(), decision);
  }

  /** Of customer mails that wait. */
  void take(AlertDecision decision) {
    send(Topics.VAKT_ALERT_DECISIONS, decision.reference(), decision);
  }

  private void send(Topics topic, String key, Object decision) {
    try {
      producer
          .send(new ProducerRecord<>(topic.topicName(), key, WireJson.bytes(decision)))
          .get(2 * DELIVERY.toMillis(), TimeUnit.MILLISECONDS);
      trouble.well();
    } catch (ExecutionException | TimeoutException | KafkaException e) {
      trouble.failed(e);
      throw new ProblemException(ErrorCode.LOG_UNAVAILABLE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ProblemException(ErrorCode.LOG_UNAVAILABLE);
    }
  }

  @Override
  public void close() {
    producer.close(DELIVERY);
  }
}
