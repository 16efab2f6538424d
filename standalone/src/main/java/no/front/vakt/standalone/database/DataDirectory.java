package no.front.vakt.standalone.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import no.front.vakt.standalone.Refusal;
import no.front.vakt.standalone.files.Directories;
import no.front.vakt.standalone.files.OwnerOnly;

/**
 * The directory that holds the rows. Made once; its configuration is written anew at every start,
 * so that nothing edited there by hand weakens it.
 */
final class DataDirectory {
  static final String OWNER = "postgres";

  private static final long MAKING_SECONDS = 120;

  /** Who comes over TLS with a password; the last lines say it to everybody else. */
  private static final String ACCESS_RULES =
      """
      # Written anew at every start.
      hostssl   all          all  127.0.0.1/32  scram-sha-256
      hostssl   all          all  ::1/128       scram-sha-256
      local     all          all                reject
      local     replication  all                reject
      host      all          all  all           reject
      host      replication  all  all           reject
      """;

  private final Path path;

  private DataDirectory(Path path) {
    this.path = path;
  }

  /** Opens the directory, or makes it with this password for its owner. */
  static DataDirectory prepare(Path path, PostgresBinaries binaries, Path ownerPassword) {
    if (Files.notExists(path)) {
      make(path, binaries, ownerPassword);
    }
    OwnerOnly.check(path);
    return new DataDirectory(path);
  }

  Path path() {
    return path;
  }

  /**
   * Writes the configuration.
   *
   * @param certificate PEM file with the server's key and certificate
   */
  void configure(int port, Path certificate) {
    var lines =
        settings(port, certificate).entrySet().stream()
            .map(setting -> setting.getKey() + " = " + quoted(setting.getValue()))
            .collect(Collectors.joining("\n", "# Written anew at every start.\n", "\n"));
    OwnerOnly.write(path.resolve("postgresql.conf"), lines);
    OwnerOnly.write(path.resolve("postgresql.auto.conf"), "");
    OwnerOnly.write(path.resolve("pg_hba.conf"), ACCESS_RULES);
  }

  private static Map<String, String> settings(int port, Path certificate) {
    var settings = new LinkedHashMap<String, String>();
    settings.put("listen_addresses", "127.0.0.1");
    settings.put("port", String.valueOf(port));
    settings.put("unix_socket_directories", "");
    settings.put("ssl", "on");
    settings.put("ssl_cert_file", certificate.toString());
    settings.put("ssl_key_file", certificate.toString());
    settings.put("ssl_min_protocol_version", "TLSv1.3");
    settings.put("password_encryption", "scram-sha-256");
    settings.put("authentication_timeout", "15s");

    settings.put("fsync", "on");
    settings.put("synchronous_commit", "on");
    settings.put("full_page_writes", "on");

    // A household's policies and history for one machine: small, and few connections.
    settings.put("max_connections", "40");
    settings.put("shared_buffers", "48MB");
    settings.put("work_mem", "4MB");
    settings.put("maintenance_work_mem", "32MB");
    settings.put("max_wal_size", "256MB");
    settings.put("min_wal_size", "32MB");
    settings.put("max_worker_processes", "4");
    settings.put("max_parallel_workers_per_gather", "0");
    settings.put("autovacuum_max_workers", "2");
    settings.put("jit", "off");
    settings.put("max_wal_senders", "0");
    settings.put("wal_level", "minimal");

    // No statement, parameter or row reaches the log: what the server itself says, and refused
    // logins; in this order of levels `log` stands above `error`.
    settings.put("log_min_messages", "log");
    settings.put("log_min_error_statement", "panic");
    settings.put("log_error_verbosity", "terse");
    settings.put("log_statement", "none");
    settings.put("log_min_duration_statement", "-1");
    settings.put("log_parameter_max_length", "0");
    settings.put("log_parameter_max_length_on_error", "0");
    settings.put("log_checkpoints", "off");
    settings.put("log_autovacuum_min_duration", "-1");
    settings.put("log_lock_waits", "off");
    settings.put("log_line_prefix", "%m [%p] ");
    settings.put("log_timezone", "UTC");
    settings.put("timezone", "UTC");
    settings.put("lc_messages", "C");
    return settings;
  }

  private static String quoted(String value) {
    return "'" + value.replace("\\", "\\\\").replace("'", "''") + "'";
  }

  private static void make(Path path, PostgresBinaries binaries, Path ownerPassword) {
    var beside = path.resolveSibling("." + path.getFileName() + ".new");
    Directories.delete(beside);
    var command =
        binaries.command(
            "initdb",
            "--pgdata=" + beside,
            "--username=" + OWNER,
            "--pwfile=" + ownerPassword,
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
            "--locale=C",
            "--data-checksums");
    try {
      var output = Files.createTempFile(path.getParent(), "initdb", ".txt");
      try {
        run(command, output, path);
      } finally {
        Files.deleteIfExists(output);
      }
      Files.move(beside, path, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw notMade(path, String.valueOf(e.getMessage()));
    }
  }

  private static void run(List<String> command, Path output, Path path) throws IOException {
    var process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      if (!process.waitFor(MAKING_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw notMade(path, "initdb took longer than %d s".formatted(MAKING_SECONDS));
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw notMade(path, "interrupted");
    }
    if (process.exitValue() != 0) {
      throw notMade(
          path,
          Files.readAllLines(output).stream()
              .filter(line -> line.contains("error:") || line.contains("FATAL:"))
              .findFirst()
              .orElse("initdb ended with " + process.exitValue()));
    }
  }

  private static Refusal notMade(Path path, String why) {
    return new Refusal("The database in %s cannot be made: %s.".formatted(path, why));
  }
}
