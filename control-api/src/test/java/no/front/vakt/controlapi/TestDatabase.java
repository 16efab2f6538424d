package no.front.vakt.controlapi;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;

/** A PostgreSQL server of its own process, on the loopback, that can be stopped and started. */
public final class TestDatabase implements AutoCloseable {
  private final Path directory;
  private final int port;
  private EmbeddedPostgres server;

  /** Makes a server in a directory; it does not run yet. */
  public TestDatabase(Path directory) throws IOException {
    this.directory = directory;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
  }

  /** Starts, or starts again on the same data and port. */
  public TestDatabase start() throws IOException {
    server =
        EmbeddedPostgres.builder()
            .setDataDirectory(directory.resolve("data"))
            .setOverrideWorkingDirectory(directory.resolve("work").toFile())
            .setCleanDataDirectory(false)
            .setPort(port)
            .start();
    return this;
  }

  /** Where the server's files are. */
  public Path data() {
    return directory.resolve("data");
  }

  /** How the control API reaches it. */
  public Map<String, String> settings() {
    return Map.of("database.url", url(), "database.user", "postgres");
  }

  private String url() {
    return "jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=postgres";
  }

  /** Runs one statement. */
  public void run(String statement) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url());
        Statement sql = connection.createStatement()) {
      sql.execute(statement);
    }
  }

  /** The number a query tells. */
  public long number(String query) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url());
        Statement sql = connection.createStatement();
        ResultSet rows = sql.executeQuery(query)) {
      rows.next();
      return rows.getLong(1);
    }
  }

  /** Stops; its data stays. */
  @Override
  public void close() throws IOException {
    if (server != null) {
      server.close();
      server = null;
    }
  }
}
