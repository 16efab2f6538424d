package no.front.vakt.standalone.crash;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLSocketFactory;
import no.front.vakt.contract.InvalidRecordException;
import no.front.vakt.contract.MessageIdentity;
import no.front.vakt.contract.Submission;
import no.front.vakt.contract.Verdict;
import no.front.vakt.contract.WireJson;
import no.front.vakt.standalone.outside.KeptConnection;
import no.front.vakt.standalone.outside.OwnPlace;
import org.jspecify.annotations.Nullable;

/** One caller of the verdict call on a connection that is kept, opened anew after it broke. */
final class VerdictCaller implements AutoCloseable {
  private static final int TOO_FAST = 429;
  private static final int INTERNAL = 500;

  private final Door door;
  private @Nullable KeptConnection connection;

  /** Where and how to call. */
  record Door(SSLSocketFactory tls, int port, String bearerKey) {
    static Door of(OwnPlace place) throws IOException, GeneralSecurityException {
      return new Door(
          KeptConnection.trusting(place.authority()),
          place.httpsPort(),
          Files.readString(place.bearerKey()).strip());
    }
  }

  /**
   * What was said of one message; all absent: try again later.
   *
   * @param refusal why it will never be taken
   */
  record Reply(@Nullable Verdict verdict, boolean isPending, @Nullable String refusal) {
    private static final Reply LATER = new Reply(null, false, null);
  }

  VerdictCaller(Door door) {
    this.door = door;
  }

  /**
   * Hands in one message, or several as a batch.
   *
   * @throws IOException when there was no answer
   */
  Map<MessageIdentity, Reply> call(List<Submission> messages, int deadlineMillis)
      throws IOException {
    byte[] body = WireJson.bytes(messages.size() == 1 ? messages.get(0) : messages);
    try {
      if (connection == null) {
        connection = new KeptConnection(door.tls(), door.port(), door.bearerKey());
      }
      return read(messages, connection.post(body, deadlineMillis));
    } catch (IOException | InvalidRecordException | NumberFormatException e) {
      close();
      throw new IOException("No answer", e);
    }
  }

  private static Map<MessageIdentity, Reply> read(
      List<Submission> messages, KeptConnection.Answer answer) {
    Map<MessageIdentity, Reply> replies = new HashMap<>();
    JsonNode said = WireJson.read(answer.body(), JsonNode.class);
    for (int i = 0; i < messages.size(); i++) {
      // A batch may be refused as a whole, by one problem.
      JsonNode one = said.isArray() ? said.path(i) : said;
      replies.put(messages.get(i).identity(), reply(one, answer.status()));
    }
    return replies;
  }

  private static Reply reply(JsonNode said, int status) {
    if (said.has("outcome")) {
      return new Reply(WireJson.read(said.toString(), Verdict.class), false, null);
    }
    if (said.path("status").asText().equals("pending")) {
      return new Reply(null, true, null);
    }
    int problem = said.path("status").asInt(status);
    return problem == TOO_FAST || problem >= INTERNAL
        ? Reply.LATER
        : new Reply(null, false, problem + " " + said.path("code").asText());
  }

  @Override
  public void close() {
    try {
      if (connection != null) {
        connection.close();
      }
    } catch (IOException e) {
      // It was no connection any more.
      return;
    } finally {
      connection = null;
    }
  }
}
