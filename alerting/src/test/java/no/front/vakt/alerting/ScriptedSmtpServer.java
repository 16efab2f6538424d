package no.front.vakt.alerting;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import javax.net.ServerSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * A mail server that answers each command as a test says: what no well-meaning server can be made
 * to do. Keeps the recipients of the mails it took.
 */
public final class ScriptedSmtpServer implements AutoCloseable {
  private final ServerSocket socket;
  private final Function<String, @Nullable String> script;
  private final List<String> taken = new CopyOnWriteArrayList<>();
  private final List<String> commands = new CopyOnWriteArrayList<>();

  /**
   * Listens on a free port.
   *
   * @param script the answer to a command, {@code "."} being the end of a mail; null: the usual
   *     one; empty: none at all
   */
  public ScriptedSmtpServer(ServerSocketFactory sockets, Function<String, @Nullable String> script)
      throws IOException {
    this.socket = sockets.createServerSocket(0, 50, InetAddress.getLoopbackAddress());
    this.script = script;
    Thread thread = new Thread(this::run, "scripted-smtp");
    thread.setDaemon(true);
    thread.start();
  }

  /** Its port. */
  public int port() {
    return socket.getLocalPort();
  }

  /** Who got a mail. */
  public List<String> taken() {
    return taken;
  }

  /** Every command there was. */
  public List<String> commands() {
    return commands;
  }

  private void run() {
    while (!socket.isClosed()) {
      try {
        Socket caller = socket.accept();
        Thread thread = new Thread(() -> talk(caller), "scripted-smtp-call");
        thread.setDaemon(true);
        thread.start();
      } catch (IOException e) {
        return;
      }
    }
  }

  private void talk(Socket caller) {
    try (caller) {
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(caller.getInputStream(), StandardCharsets.US_ASCII));
      OutputStream out = caller.getOutputStream();
      answer(out, "220 scripted");
      String recipient = "";
      boolean inData = false;
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        if (inData && !line.equals(".")) {
          continue;
        }
        commands.add(line);
        String scripted = script.apply(line);
        String answer = scripted == null ? usual(line) : scripted;
        if (line.startsWith("RCPT")) {
          recipient = line.substring(line.indexOf('<') + 1, line.indexOf('>'));
        }
        if (inData && answer.startsWith("250")) {
          taken.add(recipient);
        }
        inData = line.startsWith("DATA") && answer.startsWith("354");
        if (!answer.isEmpty()) {
          answer(out, answer);
        }
      }
    } catch (IOException e) {
      // The caller went away, as some tests want it to.
    }
  }

  private static String usual(String line) {
    return line.startsWith("DATA") ? "354 go on" : line.startsWith("QUIT") ? "221 bye" : "250 ok";
  }

  private static void answer(OutputStream out, String line) throws IOException {
    out.write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
    out.flush();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
