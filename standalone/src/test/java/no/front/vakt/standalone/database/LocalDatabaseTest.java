package no.front.vakt.standalone.database;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import no.front.vakt.standalone.Refusal;
import no.front.vakt.standalone.files.Directories;
import no.front.vakt.standalone.files.OwnerOnly;
import no.front.vakt.standalone.up.Certificates;
import no.front.vakt.standalone.up.FreePorts;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalDatabaseTest {
  private static final String PASSWORD = "fictional-password-of-the-application";
  private static final String OWNER_PASSWORD = "fictional-password-of-the-owner";
  private static final String CANARY = "canary-in-a-row-7f3a";

  @TempDir static Path shared;
  private static Certificates certificates;
  private static PreparedRows prepared;

  @TempDir Path home;

  private final Deque<LocalDatabase> started = new ArrayDeque<>();
  private final Queue<String> terminal = new ConcurrentLinkedQueue<>();
  private int port;

  @BeforeAll
  static void prepareOnce() {
    certificates = Certificates.prepare(shared.resolve("keys"), Clock.systemUTC());
    var ownerPassword = shared.resolve("keys/database-owner.key");
    OwnerOnly.write(ownerPassword, OWNER_PASSWORD + "\n");
    OwnerOnly.directory(shared.resolve("postgresql"));
    prepared = PreparedRows.make(shared.resolve("postgresql"), ownerPassword);
  }

  @AfterAll
  static void leaveNothing() {
    assertThat(ProcessHandle.current().children())
        .noneMatch(child -> child.info().commandLine().orElse("").contains("postgres -D"));
  }

  @BeforeEach
  void layOut() throws Exception {
    port = FreePorts.next();
    OwnerOnly.directory(home.resolve("keys"));
    OwnerOnly.write(home.resolve("keys/database.key"), PASSWORD + "\n");
    OwnerOnly.write(home.resolve("keys/database-owner.key"), OWNER_PASSWORD + "\n");
    prepared.copyTo(directory());
  }

  @AfterEach
  void stopAll() {
    started.forEach(LocalDatabase::close);
  }

  @Test
  void keepsItsRowsAcrossARestart() throws Exception {
    Directories.delete(directory());
    try (var database = start()) {
      execute(database, "CREATE TABLE letters (text text)", "INSERT INTO letters VALUES ('first')");
    }
    try (var database = start()) {
      execute(database, "INSERT INTO letters VALUES ('second')");
      assertThat(letters(database)).containsExactly("first", "second");
    }
  }

  @Test
  void waitsForTheDiskSpeaksTlsAndChecksItsPages() throws Exception {
    try (var database = start();
        var connection = connect(database)) {
      assertThat(show(connection, "fsync")).isEqualTo("on");
      assertThat(show(connection, "synchronous_commit")).isEqualTo("on");
      assertThat(show(connection, "full_page_writes")).isEqualTo("on");
      assertThat(show(connection, "data_checksums")).isEqualTo("on");
      assertThat(show(connection, "server_encoding")).isEqualTo("UTF8");
      assertThat(query(connection, "SELECT version FROM pg_stat_ssl WHERE pid = pg_backend_pid()"))
          .containsExactly("TLSv1.3");
      try (var owner =
          DriverManager.getConnection(database.ownerUrl(), "postgres", OWNER_PASSWORD)) {
        assertThat(show(owner, "unix_socket_directories")).isEmpty();
        assertThat(show(owner, "listen_addresses")).isEqualTo("127.0.0.1");
      }
    }
  }

  @Test
  void recoversTheServerThatAKilledVaktLeftBehind() throws Exception {
    var abandoned = start();
    execute(abandoned, "CREATE TABLE letters (text text)", "INSERT INTO letters VALUES ('kept')");
    var orphan = abandoned.process();
    abandoned.abandon();

    try (var database = start()) {
      assertThat(orphan.isAlive()).isFalse();
      assertThat(database.process().pid()).isNotEqualTo(orphan.pid());
      assertThat(letters(database)).containsExactly("kept");
    }
  }

  @Test
  void leavesAProcessAloneThatOnlyHasTheNumberInTheLockFile() throws Exception {
    start().close();
    var bystander = new ProcessBuilder("sleep", "600").start();
    try {
      Files.writeString(
          directory().resolve("data/postmaster.pid"),
          "%d\n%s\n1\n%d\n\n127.0.0.1\n\nready   \n"
              .formatted(bystander.pid(), directory().resolve("data"), port));
      try (var database = start()) {
        assertThat(bystander.isAlive()).isTrue();
        assertThat(query(database, "SELECT 'here'")).containsExactly("here");
      }
    } finally {
      bystander.destroy();
    }
  }

  @Test
  void startsOverALockFileThatNobodyHolds() throws Exception {
    var abandoned = start();
    execute(abandoned, "CREATE TABLE letters (text text)", "INSERT INTO letters VALUES ('kept')");
    abandoned.abandon();
    abandoned.process().destroyForcibly();
    abandoned.process().onExit().get(10, SECONDS);
    assertThat(directory().resolve("data/postmaster.pid")).exists();

    try (var database = start()) {
      assertThat(letters(database)).containsExactly("kept");
    }
  }

  @Test
  void comesBackWithEveryCommittedRowWhenItsServerIsKilled() throws Exception {
    try (var database = start()) {
      execute(database, "CREATE TABLE letters (text text)");
      for (int i = 0; i < 20; i++) {
        execute(database, "INSERT INTO letters VALUES ('row " + i + "')");
      }
      var killed = database.process();
      killed.destroyForcibly();
      await().atMost(30, SECONDS).until(() -> terminal.size() == 2);
      assertThat(terminal)
          .containsExactly(
              "The database has stopped by itself and is started again.",
              "The database is up again.");
      assertThat(database.process().pid()).isNotEqualTo(killed.pid());
      assertThat(letters(database)).hasSize(20).endsWith("row 19");
    }
    assertThat(terminal).hasSize(2);
  }

  @Test
  void closingStopsTheServerAndLeavesNoLock() throws Exception {
    var database = start();
    var process = database.process();
    var open = connect(database);
    database.close();
    database.close();
    assertThat(process.isAlive()).isFalse();
    assertThat(directory().resolve("data/postmaster.pid")).doesNotExist();
    assertThat(terminal).isEmpty();
    assertThatThrownBy(() -> query(open, "SELECT 'still there'")).isInstanceOf(SQLException.class);
  }

  @Test
  void refusesWhoeverComesUnencryptedOrWithAnotherPassword() {
    try (var database = start()) {
      var access = database.access();
      assertThatThrownBy(() -> DriverManager.getConnection(access.url(), access.user(), "guess"))
          .hasMessageContaining("password authentication failed");
      assertThatThrownBy(
              () -> DriverManager.getConnection(database.ownerUrl(), access.user(), PASSWORD))
          .hasMessageContaining("permission denied for database");
      var plain =
          "jdbc:postgresql://127.0.0.1:%d/vakt_control?sslmode=disable&gssEncMode=disable"
              .formatted(port);
      assertThatThrownBy(() -> DriverManager.getConnection(plain, access.user(), PASSWORD))
          .hasMessageContaining("no encryption");
    }
  }

  @Test
  void isTrustedOnlyUnderTheHouseholdsAuthority() {
    try (var database = start()) {
      var strangers = Certificates.prepare(home.resolve("other-keys"), Clock.systemUTC());
      var url =
          database
              .access()
              .url()
              .replaceAll("sslrootcert=[^&]*", "sslrootcert=" + strangers.insideAuthority());
      assertThatThrownBy(() -> DriverManager.getConnection(url, database.access().user(), PASSWORD))
          .hasStackTraceContaining("PKIX path");
    }
  }

  @Test
  void theApplicationOwnsItsDatabaseAndNothingElse() throws Exception {
    try (var database = start()) {
      assertThat(
              query(
                  database,
                  "SELECT rolsuper::text || rolcreatedb::text || rolcreaterole::text"
                      + " FROM pg_roles WHERE rolname = current_user"))
          .containsExactly("falsefalsefalse");
      assertThat(query(database, "SELECT current_database()")).containsExactly("vakt_control");
    }
  }

  @Test
  void takesTheApplicationsNewPassword() throws Exception {
    start().close();
    OwnerOnly.write(home.resolve("keys/database.key"), "another-fictional-one\n");
    try (var database = start();
        var connection =
            DriverManager.getConnection(
                database.access().url(), database.access().user(), "another-fictional-one")) {
      assertThat(query(connection, "SELECT 'in'")).containsExactly("in");
    }
  }

  @Test
  void refusesAnOwnersPasswordThatIsNotTheOneItWasMadeWith() {
    start().close();
    OwnerOnly.write(home.resolve("keys/database-owner.key"), "lost-and-made-again\n");
    assertThatThrownBy(this::start)
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("database-owner.key: restore that file from your copy");
    assertThat(directory().resolve("data/postmaster.pid")).doesNotExist();
  }

  @Test
  void saysWhoseThePortIs() throws Exception {
    Directories.delete(directory().resolve("data"));
    try (var taken = new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1"))) {
      assertThatThrownBy(this::start)
          .isInstanceOf(Refusal.class)
          .hasMessageContaining("Port " + taken.getLocalPort() + " on 127.0.0.1 cannot be used")
          .hasMessageContaining("--set database.port=PORT");
    }
    assertThat(directory().resolve("data")).doesNotExist();
  }

  @Test
  void refusesRowsOfAnotherVersion() throws Exception {
    Files.writeString(directory().resolve("data/PG_VERSION"), "17\n");
    assertThatThrownBy(this::start)
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("were written by PostgreSQL 17, and this is 18");
  }

  @Test
  void startsOverADirectoryThatACrashCutShort() throws Exception {
    Directories.delete(directory().resolve("data"));
    Files.createDirectories(directory().resolve(".data.new/base"));
    Files.writeString(directory().resolve(".data.new/PG_VERSION"), "1");
    try (var database = start()) {
      assertThat(query(database, "SELECT 'whole'")).containsExactly("whole");
    }
    assertThat(directory().resolve(".data.new")).doesNotExist();
  }

  @Test
  void unpacksDamagedProgramsAgainAndRemovesThoseOfOtherVersions() throws Exception {
    Files.createDirectory(directory().resolve("binaries-0"));
    Files.delete(directory().resolve(prepared.binaries()).resolve("bin/postgres"));
    try (var database = start()) {
      assertThat(query(database, "SELECT 'repaired'")).containsExactly("repaired");
    }
    assertThat(directory().resolve("binaries-0")).doesNotExist();
  }

  @Test
  void itsLogHoldsNoSecretStatementOrRow() throws Exception {
    try (var database = start();
        var connection = connect(database)) {
      execute(
          database,
          "CREATE TABLE letters (text text PRIMARY KEY)",
          "INSERT INTO letters VALUES ('" + CANARY + "')");
      assertThatThrownBy(() -> execute(database, "INSERT INTO letters VALUES ('" + CANARY + "')"))
          .hasMessageContaining("duplicate key");
      try (var statement =
          connection.prepareStatement("SELECT text::integer FROM letters WHERE text = ?")) {
        statement.setString(1, CANARY);
        assertThatThrownBy(statement::executeQuery).hasMessageContaining(CANARY);
      }
      assertThatThrownBy(
              () -> DriverManager.getConnection(database.access().url(), "vakt_control", "guess"))
          .isInstanceOf(SQLException.class);
      assertThat(log())
          .content()
          .contains("password authentication failed")
          .doesNotContain(CANARY, PASSWORD, OWNER_PASSWORD, "guess", "INSERT", "SELECT", "ROLE");
    }
  }

  @Test
  void onlyItsOwnerMayReadIt() throws Exception {
    start().close();
    for (var path : List.of(directory(), directory().resolve("data"), log())) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
          .endsWith("------");
    }
  }

  private Path directory() {
    return home.resolve("var").resolve("postgresql");
  }

  private Path log() {
    return home.resolve("var/log/postgresql.log");
  }

  private LocalDatabase start() {
    var database =
        LocalDatabase.start(
            new LocalDatabase.Place(
                directory(),
                log(),
                port,
                certificates.database(),
                certificates.insideAuthority(),
                home.resolve("keys/database-owner.key"),
                home.resolve("keys/database.key")),
            terminal::add);
    started.push(database);
    return database;
  }

  private static Connection connect(LocalDatabase database) throws Exception {
    var access = database.access();
    return DriverManager.getConnection(
        access.url(), access.user(), Files.readString(access.passwordFile()).strip());
  }

  private static void execute(LocalDatabase database, String... statements) throws Exception {
    try (var connection = connect(database);
        var statement = connection.createStatement()) {
      for (var sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private static List<String> letters(LocalDatabase database) throws Exception {
    return query(database, "SELECT text FROM letters");
  }

  private static List<String> query(LocalDatabase database, String sql) throws Exception {
    try (var connection = connect(database)) {
      return query(connection, sql);
    }
  }

  private static String show(Connection connection, String setting) throws SQLException {
    return query(connection, "SHOW " + setting).get(0);
  }

  private static List<String> query(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      var values = new ArrayList<String>();
      while (rows.next()) {
        values.add(rows.getString(1));
      }
      return values;
    }
  }
}
