package no.front.vakt.verdictapi.frontapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import no.front.vakt.contract.Topics;
import no.front.vakt.verdictapi.RawCaller;
import no.front.vakt.verdictapi.RunningDoor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PushUndecidedTest {
  private static final String CALL = "serviceid=%s&fromid=Klubben&phoneno=99999901&txt=%s";

  @TempDir Path directory;

  @Test
  void tellsOneThatIsTooFastAndThatTheLogIsAwayByTheStatusInPlainText() throws Exception {
    try (RunningDoor door =
        new RunningDoor(
            directory, Map.of("load.customerPerSecond", "1", "load.customerBurst", "1"))) {
      RawCaller client = new RawCaller(door.port(), door.fixture().authority().client(null));
      for (String customer : List.of("4711", "4712")) {
        door.broker()
            .put(
                Topics.VAKT_POLICIES,
                customer,
                "{\"customerId\":\""
                    + customer
                    + "\",\"version\":1,\"access\":{\"networks\":[\"127.0.0.0/8\"]}}");
      }
      await().until(() -> client.get("serviceid=4712").contains("ErrorCode=9"));

      String tooFast =
          await()
              .until(
                  () -> client.get(CALL.formatted("4711", "raskt")),
                  answer -> !answer.contains("ErrorCode=0"));
      assertThat(tooFast)
          .startsWith("HTTP/1.1 429")
          .contains("text/plain", "Retry-After: 1\r\n")
          .endsWith("Too many requests; not accepted, try again later.");

      door.broker().close();
      String away = client.get(CALL.formatted("4712", "borte"));
      door.broker().start();

      assertThat(away)
          .startsWith("HTTP/1.1 503")
          .contains("text/plain", "Retry-After: 1\r\n")
          .doesNotContain("ErrorCode")
          .endsWith("not known to be accepted, send the same again within a minute.");
      await().until(() -> client.get(CALL.formatted("4712", "borte")).contains("ErrorCode=0"));
    }
  }
}
