package no.front.vakt.standalone.outside;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;

/**
 * One HTTP/1.1 connection over TLS that is kept: as little a client as there can be, because caller
 * and door share the machine and what is measured is the door.
 */
public final class KeptConnection implements AutoCloseable {
  private static final int STATUS_AT = "HTTP/1.1 ".length();
  private static final int PATIENCE_MILLIS = 20_000;
  private static final String LENGTH = "content-length:";

  private final SSLSocket socket;
  private final InputStream in;
  private final OutputStream out;
  private final String head;

  /** An answer of the door. */
  public record Answer(int status, byte[] body) {}

  /** Connects. */
  public KeptConnection(SSLSocketFactory tls, int port, String bearerKey) throws IOException {
    socket = (SSLSocket) tls.createSocket("localhost", port);
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.startHandshake();
    in = new BufferedInputStream(socket.getInputStream());
    out = socket.getOutputStream();
    head =
        " HTTP/1.1\r\nHost: localhost\r\n"
            + "Content-Type: application/json\r\nAuthorization: Bearer "
            + bearerKey
            + "\r\nContent-Length: ";
  }

  /** What trusts that authority and no other. */
  public static SSLSocketFactory trusting(Path authority)
      throws IOException, GeneralSecurityException {
    return context(authority).getSocketFactory();
  }

  /** The same for Java's own client. */
  public static SSLContext context(Path authority) throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    try (var in = Files.newInputStream(authority)) {
      store.setCertificateEntry(
          "door", CertificateFactory.getInstance("X.509").generateCertificate(in));
    }
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }

  /**
   * Posts one message or a batch to the verdict call.
   *
   * @param deadlineMillis how long the door may wait for the verdict
   */
  public Answer post(byte[] body, int deadlineMillis) throws IOException {
    String heading = "POST /v1/verdicts?deadlineMillis=" + deadlineMillis + head + body.length;
    byte[] start = (heading + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
    byte[] request = new byte[start.length + body.length];
    System.arraycopy(start, 0, request, 0, start.length);
    System.arraycopy(body, 0, request, start.length, body.length);
    out.write(request);
    out.flush();
    int status = Integer.parseInt(line().substring(STATUS_AT, STATUS_AT + 3));
    int length = 0;
    for (String line = line(); !line.isEmpty(); line = line()) {
      if (line.regionMatches(true, 0, LENGTH, 0, LENGTH.length())) {
        length = Integer.parseInt(line.substring(LENGTH.length()).strip());
      }
    }
    byte[] answer = in.readNBytes(length);
    if (answer.length < length) {
      throw new IOException("The door closed the connection");
    }
    return new Answer(status, answer);
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new IOException("The door closed the connection");
      }
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
