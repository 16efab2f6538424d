package no.front.vakt.verdictapi.verdicts;

import static no.front.vakt.verdictapi.Caller.message;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import no.front.vakt.contract.Headers;
import no.front.vakt.contract.SealedSubmission;
import no.front.vakt.contract.Submission;
import no.front.vakt.contract.WireJson;
import no.front.vakt.verdictapi.DoorFixture;
import no.front.vakt.verdictapi.RawCaller;
import no.front.vakt.verdictapi.RunningDoor;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class PrivacyTest {
  private static final String NUMBER = "+4799999987";
  private static final String TEXT = "Kanarifuglen\tsynger\r\nhøyt";
  private static final String PASSWORD = "kanari-passordet";
  private static final String ADDRESS = "203.0.113.77";

  @TempDir Path directory;

  @Test
  void sealsWhatItSubmitsAndLogsNothingOfIt() throws Exception {
    List<String> logged = Collections.synchronizedList(new ArrayList<>());
    ListAppender<ILoggingEvent> appender = new ListAppender<>();
    appender.start();
    Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    Logger ours = (Logger) LoggerFactory.getLogger("no.front.vakt");
    root.addAppender(appender);
    ours.setLevel(Level.TRACE);
    Handler tomcat = collecting(logged);
    java.util.logging.Logger.getLogger("").addHandler(tomcat);
    try (RunningDoor door = new RunningDoor(directory, Map.of("log.replyPartition", "5"))) {
      Map<String, Object> canary = message("acme", "allow-canary");
      canary.put("recipient", NUMBER);
      canary.put("text", TEXT);
      canary.put("originIp", ADDRESS);
      assertThat(door.gateway().post(canary).status()).isEqualTo(200);
      canary.put("messageId", "");
      door.gateway().post(canary);
      door.gateway().post(WireJson.text(canary).substring(1));
      door.gateway().get("/v1/nowhere?recipient=" + NUMBER.substring(1));
      door.gateway()
          .send(
              "/v1/verdicts",
              request ->
                  request
                      .setHeader("Authorization", "Bearer wrong-" + NUMBER)
                      .POST(HttpRequest.BodyPublishers.ofString(WireJson.text(canary))));

      RawCaller field = new RawCaller(door.port(), door.fixture().authority().client(null));
      String query = "serviceid=acme&phoneno=99999987&txt=Kanarifuglen&password=" + PASSWORD;
      field.get(query);
      field.get(query + "\u00F8\u0001");
      field.get(query + "x".repeat(20_000));
      field.post("Content-Type: application/json\r\n", "{\"password\":\"" + PASSWORD);
      field.send("GET /psk/push.php?" + query + " with spaces HTTP/1.1\r\n\r\n");
      canary.put("messageId", "allow-presented");
      canary.put("access", Map.of("address", ADDRESS, "password", PASSWORD));
      assertThat(door.gateway().post(canary).body()).doesNotContain(PASSWORD);

      assertSealed(door.judge().seen().get(0), door.fixture());
    } finally {
      root.detachAppender(appender);
      ours.setLevel(Level.INFO);
      java.util.logging.Logger.getLogger("").removeHandler(tomcat);
    }
    appender.list.forEach(event -> logged.add(event.getFormattedMessage()));
    assertThat(logged).isNotEmpty();
    assertThat(String.join("\n", logged))
        .doesNotContain(
            NUMBER.substring(3),
            PASSWORD,
            "serviceid",
            "Kanarifuglen",
            ADDRESS,
            DoorFixture.KEY,
            "deadlineMillis");
  }

  private static void assertSealed(ConsumerRecord<byte[], byte[]> record, DoorFixture fixture) {
    String value = new String(record.value(), StandardCharsets.UTF_8);
    assertThat(value).doesNotContain(NUMBER.substring(1), "Kanarifuglen", ADDRESS);
    assertThat(new String(record.key(), StandardCharsets.UTF_8)).isEqualTo("acme");
    assertThat(record.headers().lastHeader(Headers.REPLY_PARTITION).value())
        .asString(StandardCharsets.US_ASCII)
        .isEqualTo("5");
    Submission opened =
        WireJson.read(record.value(), SealedSubmission.class).open(fixture.keys().sealing());
    assertThat(opened.recipient()).isEqualTo(NUMBER);
    assertThat(opened.text()).as("normalised once").isEqualTo("Kanarifuglen synger\nhøyt");
    assertThat(opened.originIp()).isEqualTo(ADDRESS);
    assertThat(opened.deliver()).isTrue();
  }

  private static Handler collecting(List<String> logged) {
    return new Handler() {
      @Override
      public void publish(LogRecord record) {
        logged.add(String.valueOf(record.getMessage()));
      }

      @Override
      public void flush() {
        // kept in memory
      }

      @Override
      public void close() {
        // nothing to close
      }
    };
  }
}
