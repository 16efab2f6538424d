package no.front.vakt.standalone.database;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import no.front.vakt.standalone.Refusal;
import org.postgresql.PGConnection;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * The one application's role and database. Made by the server's owner at the first start; later
 * starts only give the role the password that stands in its file.
 */
final class ApplicationDatabase {
  static final String NAME = "vakt_control";

  private static final String WRONG_PASSWORD = "28P01";

  private ApplicationDatabase() {}

  /**
   * Makes what is missing.
   *
   * @param ownerUrl of the server's own database
   */
  static void furnish(String ownerUrl, String ownerPassword, Path ownerFile, String password) {
    try (var connection = connect(ownerUrl, ownerPassword);
        var statement = connection.createStatement()) {
      if (isMissing(statement, "SELECT 1 FROM pg_roles WHERE rolname = '" + NAME + "'")) {
        statement.execute("CREATE ROLE " + NAME + " LOGIN");
      }
      // hashed on this side: the password itself never reaches the server
      connection
          .unwrap(PGConnection.class)
          .alterUserPassword(NAME, password.toCharArray(), "scram-sha-256");
      if (isMissing(statement, "SELECT 1 FROM pg_database WHERE datname = '" + NAME + "'")) {
        statement.execute("CREATE DATABASE " + NAME + " OWNER " + NAME);
      }
      statement.execute("REVOKE ALL ON DATABASE " + NAME + " FROM PUBLIC");
      statement.execute("REVOKE ALL ON DATABASE postgres FROM PUBLIC");
    } catch (SQLException e) {
      if (WRONG_PASSWORD.equals(e.getSQLState())) {
        throw new Refusal(
            "The database was made with another password than the one in %s: restore that file from your copy."
                .formatted(ownerFile),
            e);
      }
      throw new Refusal(
          "The database of the application cannot be made: %s.".formatted(e.getMessage()), e);
    }
  }

  private static Connection connect(String url, String password) throws SQLException {
    var source = new PGSimpleDataSource();
    source.setUrl(url);
    source.setUser(DataDirectory.OWNER);
    source.setPassword(password);
    return source.getConnection();
  }

  private static boolean isMissing(Statement statement, String query) throws SQLException {
    try (var rows = statement.executeQuery(query)) {
      return !rows.next();
    }
  }
}
