package no.front.vakt.controlapi;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.apache.kafka.common.protocol.ApiKeys;

/** The way to a broker, on which what is produced can be lost without an answer. */
final class Gate implements AutoCloseable {
  private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final int to;
  private volatile boolean isLosing;

  Gate(int to) throws IOException {
    this.to = to;
    start(this::accept);
  }

  int port() {
    return server.getLocalPort();
  }

  void lose(boolean produced) {
    isLosing = produced;
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "gate");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        start(() -> connect(client));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void connect(Socket client) {
    try (client;
        Socket broker = new Socket(InetAddress.getLoopbackAddress(), to)) {
      start(() -> answer(broker, client));
      ask(client, broker);
    } catch (IOException e) {
      // One side is gone; the other is closed with it.
      return;
    }
  }

  private static void answer(Socket broker, Socket client) {
    try (client) {
      broker.getInputStream().transferTo(client.getOutputStream());
    } catch (IOException e) {
      return;
    }
  }

  private void ask(Socket client, Socket broker) throws IOException {
    DataInputStream in = new DataInputStream(client.getInputStream());
    DataOutputStream out = new DataOutputStream(broker.getOutputStream());
    while (true) {
      byte[] request = new byte[in.readInt()];
      in.readFully(request);
      if (isLosing && (request[0] << Byte.SIZE | request[1]) == ApiKeys.PRODUCE.id) {
        return;
      }
      out.writeInt(request.length);
      out.write(request);
      out.flush();
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
