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
  DATA_DIRECTORY(
      "data.directory", "var", "Where the broker's log, checkpoints and log files rest."),
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
    return "VAKT_" + key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
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
