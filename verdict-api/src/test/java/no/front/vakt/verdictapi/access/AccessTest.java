package no.front.vakt.verdictapi.access;

import static no.front.vakt.verdictapi.Caller.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import no.front.vakt.contract.WireJson;
import no.front.vakt.verdictapi.Caller;
import no.front.vakt.verdictapi.DoorFixture;
import no.front.vakt.verdictapi.RunningDoor;
import no.front.vakt.verdictapi.TestCertificates;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccessTest {
  @TempDir static Path directory;
  private static RunningDoor door;

  @BeforeAll
  static void open() throws Exception {
    door = new RunningDoor(directory, Map.of());
  }

  @AfterAll
  static void close() {
    door.close();
  }

  private static Caller.Answered post(Caller caller, String authorization) {
    return caller.send(
        "/v1/verdicts",
        request -> {
          HttpRequest.Builder posted =
              request.POST(
                  HttpRequest.BodyPublishers.ofByteArray(
                      WireJson.bytes(message("acme", "allow-access"))));
          return posted.setHeader("Authorization", authorization);
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Bearer", "Bearer ", "Bearer wrong", "Basic YTpi", DoorFixture.KEY})
  void refusesCallersWithoutTheRightKey(String authorization) {
    Caller.Answered refused = post(door.gateway(), authorization);

    assertThat(refused.status()).isEqualTo(401);
    assertThat(refused.header("WWW-Authenticate")).startsWith("Bearer");
    assertThat(refused.header("Content-Type")).startsWith("application/problem+json");
    assertThat(refused.json().get("code").textValue()).isEqualTo("not-authenticated");
  }

  @Test
  void tellsStrangersNothingAboutWhichPathsThereAre() {
    assertThat(door.gateway().send("/elsewhere", r -> r.setHeader("Authorization", "")).status())
        .isEqualTo(401);
  }

  @Test
  void dropsTheLargeBodyOfAStrangerAndTellsIt() {
    Caller.Answered refused =
        door.gateway()
            .send(
                "/v1/verdicts",
                request ->
                    request
                        .setHeader("Authorization", "Bearer wrong")
                        .POST(HttpRequest.BodyPublishers.ofString(" ".repeat(1 << 20))));

    assertThat(refused.status()).isEqualTo(401);
  }

  @Test
  void letsAnAllowedCertificateInWithoutAKey() throws Exception {
    TestCertificates.Identity allowed =
        door.fixture().authority().issue("CN=gateway, O=Gateway Example");

    assertThat(post(with(allowed), "").status()).isEqualTo(200);
  }

  @Test
  void refusesACertificateThatIsNotOnTheList() throws Exception {
    TestCertificates.Identity other =
        door.fixture().authority().issue("CN=another,O=Gateway Example");

    assertThat(post(with(other), "").status()).isEqualTo(401);
  }

  @Test
  void refusesTheRightSubjectOfAnotherAuthority() throws Exception {
    TestCertificates.Identity forged = new TestCertificates("Somebody").issue(DoorFixture.SUBJECT);

    // The client may keep a certificate to itself whose authority the server does not name; it is
    // then a caller without one. When it shows it, the handshake fails.
    try {
      assertThat(post(with(forged), "").status()).isEqualTo(401);
    } catch (java.io.UncheckedIOException e) {
      assertThat(e).hasRootCauseInstanceOf(IOException.class);
    }
  }

  private static Caller with(TestCertificates.Identity identity) throws Exception {
    return new Caller(door.port(), door.fixture().authority().client(identity));
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1", "TLSv1.1"})
  void refusesOldProtocols(String protocol) throws Exception {
    String disabled = java.security.Security.getProperty("jdk.tls.disabledAlgorithms");
    // Else the client itself would refuse, which proves nothing about the door.
    java.security.Security.setProperty("jdk.tls.disabledAlgorithms", "");
    try {
      assertThatThrownBy(() -> handshake(protocol)).isInstanceOf(SSLException.class);
    } finally {
      java.security.Security.setProperty("jdk.tls.disabledAlgorithms", disabled);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void takesNewProtocolsWithForwardSecrecy(String protocol) throws Exception {
    assertThat(handshake(protocol)).containsAnyOf("ECDHE", "TLS_AES", "TLS_CHACHA");
  }

  private static String handshake(String protocol) throws Exception {
    SSLContext context = door.fixture().authority().client(null);
    try (SSLSocket socket =
        (SSLSocket) context.getSocketFactory().createSocket("localhost", door.port())) {
      socket.setEnabledProtocols(new String[] {protocol});
      socket.startHandshake();
      return socket.getSession().getCipherSuite();
    }
  }

  @Test
  void followsTheFileOfKeysAndKeepsTheLastGoodOne() throws Exception {
    String fresh = "another-key-that-only-tests-know-987654321";
    try {
      door.fixture().allowKey(fresh);
      await().until(() -> post(door.gateway(), "Bearer " + fresh).status() == 200);
      assertThat(post(door.gateway(), "Bearer " + DoorFixture.KEY).status()).isEqualTo(401);
    } finally {
      door.fixture().allowKey(DoorFixture.KEY);
    }
    await().until(() -> post(door.gateway(), "Bearer " + DoorFixture.KEY).status() == 200);
  }

  @Test
  void showsItsHealthToThisMachineWithoutAKey() {
    assertThat(
            door.gateway()
                .send("/v1/health", request -> request.GET().setHeader("Authorization", ""))
                .status())
        .isEqualTo(200);
  }
}
