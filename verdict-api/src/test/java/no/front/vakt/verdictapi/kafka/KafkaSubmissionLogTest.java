package no.front.vakt.verdictapi.kafka;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import no.front.vakt.contract.KeyRing;
import no.front.vakt.contract.Topics;
import no.front.vakt.verdictapi.TestBroker;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaSubmissionLogTest {
  @TempDir Path directory;

  @Test
  void knowsItsTopicBeforeTheDoorOpensOrSaysWhatIsMissing() throws Exception {
    try (TestBroker broker = new TestBroker(directory);
        Admin admin = Admin.create(broker.clientProperties());
        KafkaSubmissionLog log = log(broker);
        KafkaSubmissionLog later = log(broker)) {
      assertThatCode(() -> log.warmUp(Duration.ofSeconds(30))).doesNotThrowAnyException();

      String topic = Topics.SMS_SUBMITTED.topicName();
      admin.deleteTopics(List.of(topic)).all().get();
      await().until(() -> !admin.listTopics().names().get().contains(topic));

      assertThatThrownBy(() -> later.warmUp(Duration.ofSeconds(1)))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("sms.submitted could not be reached within 1 s");
    }
  }

  private static KafkaSubmissionLog log(TestBroker broker) {
    return new KafkaSubmissionLog(
        broker.clientProperties(), new LogSettings(0, 2_000, 30), KeyRing.generate().sealing());
  }
}
