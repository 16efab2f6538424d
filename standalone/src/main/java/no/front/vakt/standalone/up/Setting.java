package no.front.vakt.standalone.up;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Every setting of the household: its key, its default and what it means. The reference page is
 * printed from here.
 */
enum Setting {
  HTTPS_PORT("https.port", "8443", "Port of the HTTPS door."),
  BIND_ADDRESS(
      "bind.address",
      "127.0.0.1",
      "Address the HTTPS door listens on. Anything but loopback needs `door.certificate` and `door.key`. Everything"
          + " else always listens on loopback."),
  DOOR_CERTIFICATE(
      "door.certificate",
      "",
      "PEM file with the door's certificate chain. Empty: the self-made one under `keys.directory`."),
  DOOR_KEY("door.key", "", "PEM file with the door's private key. Empty: the self-made one."),
  BROKER_PORT("broker.port", "9192", "Port of the Kafka broker (loopback, mutual TLS)."),
  CONTROLLER_PORT(
      "controller.port", "9193", "Port of the Kafka controller (loopback, mutual TLS)."),
  CONTROL_PORT("control.port", "8444", "Port of control-api's HTTPS door, policies under `/v1`."),
  DATABASE_PORT(
      "database.port",
      "5442",
      "Port of the embedded PostgreSQL (loopback, TLS and password). Unused with `database.url`."),
  DATABASE_URL(
      "database.url",
      "",
      "JDBC URL of a PostgreSQL server of your own, with `sslmode=verify-full` and no login in it."
          + " Empty: the embedded one under `data.directory`."),
  DATABASE_USER(
      "database.user", "", "Role that owns the tables on your own server. With `database.url`."),
  DATABASE_PASSWORD_FILE(
      "database.passwordFile",
      "",
      "File with that role's password alone, mode 600. With `database.url`."),
  MAIL_PORT("mail.port", "8465", "Port of the mailbox for alert mails (loopback, SMTPS, login)."),
  MAIL_PAGE_PORT(
      "mail.pagePort",
      "8025",
      "Port of the page that shows the mailbox (loopback, by the address printed at start)."),
  DATA_DIRECTORY(
      "data.directory",
      "var",
      "Where the broker's log, the database, checkpoints and log files rest."),
  KEYS_DIRECTORY(
      "keys.directory", "keys", "Where certificates and keys rest, apart from the data."),
  POLICIES_DIRECTORY(
      "policies.directory",
      "policies",
      "Directory of JSON policy files that is watched and published."),
  PARALLELISM("parallelism", "2", "Parallel subtasks of the stream jobs, 1 to 24."),
  CHECKPOINT_SECONDS("checkpoint.seconds", "10", "Seconds between two checkpoints, 1 to 600.");

  private final String key;
  private final String byDefault;
  private final String meaning;

  Setting(String key, String byDefault, String meaning) {
    this.key = key;
    this.byDefault = byDefault;
    this.meaning = meaning;
  }

  String key() {
    return key;
  }

  String byDefault() {
    return byDefault;
  }

  String meaning() {
    return meaning;
  }

  /** The name of the environment variable: {@code VAKT_HTTPS_PORT} for {@code https.port}. */
  String variable() {
    return "VAKT_"
        + key.replaceAll("([a-z])([A-Z])", "$1_$2").replace('.', '_').toUpperCase(Locale.ROOT);
  }

  static Optional<Setting> find(String key) {
    return Arrays.stream(values()).filter(setting -> setting.key.equals(key)).findFirst();
  }

  static Optional<Setting> findByVariable(String variable) {
    return Arrays.stream(values())
        .filter(setting -> setting.variable().equals(variable))
        .findFirst();
  }
}
