package no.front.vakt.verdictapi;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** Sends requests byte for byte as a client in the field does, and reads what comes back. */
public final class RawCaller {
  private final int port;
  private final SSLContext tls;

  /** Calls a door on this machine. */
  public RawCaller(int port, SSLContext tls) {
    this.port = port;
    this.tls = tls;
  }

  /** Sends characters as bytes of ISO-8859-1, reads to the end, HTTP head included. */
  public String send(String request) {
    try (SSLSocket socket = (SSLSocket) tls.getSocketFactory().createSocket("localhost", port)) {
      socket.setSoTimeout(20_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A GET as PHP's {@code file_get_contents} sends it, with its query as written. */
  public String get(String query) {
    return send("GET /psk/push.php?" + query + " HTTP/1.0\r\nHost: localhost\r\n\r\n");
  }

  /** A POST with these head lines, each ending in CRLF. */
  public String post(String head, String body) {
    return send(
        "POST /psk/push.php HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
            + head
            + "Content-Length: "
            + body.length()
            + "\r\n\r\n"
            + body);
  }
}
