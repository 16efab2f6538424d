package no.front.vakt.controlapi.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import no.front.vakt.contract.settings.SettingsReader;

/**
 * Where PostgreSQL is and who we are there.
 *
 * @param url JDBC address; apart from one's own machine with {@code sslmode=verify-full}
 * @param user role that owns the schema {@code control}
 * @param password its password; never printed
 * @param connections most connections for requests; the publisher has one of its own beside them
 */
public record DatabaseSettings(String url, String user, String password, int connections) {
  private static final String PREFIX = "jdbc:postgresql:";

  /** Reads {@code database.*}. */
  public static DatabaseSettings from(SettingsReader settings) {
    String url = settings.text("database.url", "");
    settings.require(
        url.startsWith(PREFIX), "database.url", "must be an address that starts with " + PREFIX);
    settings.require(
        !url.contains("password="), "database.url", "must not hold the password: it is printed");
    String user = settings.text("database.user", "");
    settings.require(!user.isEmpty(), "database.user", "is missing");
    return new DatabaseSettings(
        url, user, password(settings), settings.whole("database.connections", 8, 1, 100));
  }

  private static String password(SettingsReader settings) {
    String password = settings.text("database.password", "");
    Path file = settings.findFile("database.passwordFile");
    if (file == null) {
      return password;
    }
    settings.require(
        password.isEmpty(), "database.passwordFile", "is given beside database.password");
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      settings.require(false, "database.passwordFile", "cannot be read");
      return "";
    }
  }

  /** Without the password. */
  @Override
  public String toString() {
    return "DatabaseSettings[url=" + url + ", user=" + user + ", connections=" + connections + "]";
  }
}
