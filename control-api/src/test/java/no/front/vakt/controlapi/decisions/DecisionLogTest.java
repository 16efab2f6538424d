package no.front.vakt.controlapi.decisions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Instant;
import no.front.vakt.contract.AlertChoice;
import no.front.vakt.contract.AlertDecision;
import no.front.vakt.contract.Topics;
import no.front.vakt.controlapi.LogCapture;
import no.front.vakt.controlapi.TestBroker;
import no.front.vakt.controlapi.http.ProblemException;
import org.apache.kafka.common.acl.AclOperation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DecisionLogTest {
  private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");
  private static final AlertDecision RELEASE =
      new AlertDecision("A-17", AlertChoice.RELEASE, "kari", NOON);

  @TempDir Path directory;

  @Test
  void tellsOnceWhyDecisionsAreNotTakenAndThatTheyAreAgain() throws Exception {
    try (TestBroker broker = new TestBroker(directory);
        DecisionLog decisions = new DecisionLog(broker.clientProperties());
        LogCapture log = new LogCapture(DecisionLog.class)) {
      decisions.take(RELEASE);
      broker.deny(Topics.VAKT_ALERT_DECISIONS, AclOperation.WRITE);

      assertThatThrownBy(() -> decisions.take(RELEASE)).isInstanceOf(ProblemException.class);
      assertThatThrownBy(() -> decisions.take(RELEASE)).isInstanceOf(ProblemException.class);
      broker.allow();
      decisions.take(RELEASE);

      assertThat(log.warnings())
          .singleElement()
          .asString()
          .contains("TopicAuthorizationException", Topics.VAKT_ALERT_DECISIONS.topicName());
      assertThat(log.news()).containsExactly("The log takes decisions again");
    }
  }
}
