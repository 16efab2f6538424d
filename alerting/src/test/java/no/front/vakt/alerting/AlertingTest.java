package no.front.vakt.alerting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.Message;
import jakarta.mail.internet.MimeMessage;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import no.front.vakt.contract.AccessAttempt;
import no.front.vakt.contract.Alert;
import no.front.vakt.contract.AlertAudience;
import no.front.vakt.contract.Contact;
import no.front.vakt.contract.DeadLetter;
import no.front.vakt.contract.KeyRing;
import no.front.vakt.contract.MailReceipt;
import no.front.vakt.contract.MessageIdentity;
import no.front.vakt.contract.Policy;
import no.front.vakt.contract.RefusedBecause;
import no.front.vakt.contract.SealedField;
import no.front.vakt.contract.Topics;
import no.front.vakt.contract.WireJson;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole module between a real broker and a real mail server. */
@SuppressWarnings("try") // what runs, runs beside the test
class AlertingTest {
  static final Instant NOON = Instant.parse("2026-11-23T11:00:00Z");
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final String GROUP = "alerting";
  private static final String DRIFT = "drift@klubben.example";
  private static final String LEADER = "leder@klubben.example";
  private static final String STAFF = "vakt@front.example";

  @TempDir static Path certificates;
  private static MailTls tls;

  @TempDir Path directory;

  private final MutableClock clock = new MutableClock(NOON);
  private final KeyRing keys = KeyRing.generate();
  private TestBroker broker;
  private Log log;
  private int smtpPort;
  private GreenMail mails;

  /** GreenMail reads its key once in a process. */
  @BeforeAll
  static void certificates() throws Exception {
    tls = new MailTls();
    Path store = certificates.resolve("mail.p12");
    try (OutputStream out = Files.newOutputStream(store)) {
      tls.storeOf("localhost", "changeit".toCharArray()).store(out, "changeit".toCharArray());
    }
    System.setProperty("greenmail.tls.keystore.file", store.toString());
    System.setProperty("greenmail.tls.keystore.password", "changeit");
  }

  @BeforeEach
  void start() throws Exception {
    broker = new TestBroker(directory.resolve("broker"));
    log = new Log(broker.clientProperties());
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      smtpPort = free.getLocalPort();
    }
    mails = new GreenMail(new ServerSetup(smtpPort, "127.0.0.1", ServerSetup.PROTOCOL_SMTPS));
  }

  @AfterEach
  void stop() {
    mails.stop();
    log.close();
    broker.close();
  }

  private Alerting alerting(KeyRing ring, int port, String... more) throws Exception {
    Map<String, String> named = new HashMap<>();
    named.put("smtp.host", "localhost");
    named.put("smtp.port", String.valueOf(port));
    named.put("smtp.certificateAuthority", tls.authorityFile(directory).toString());
    named.put("mail.from", "no-reply@vakt.example");
    named.put("staff.recipients", STAFF);
    named.put("staff.language", "en");
    named.put("console.address", "https://vakt.front.example/");
    for (int i = 0; i < more.length; i += 2) {
      named.put(more[i], more[i + 1]);
    }
    return Alerting.start(AlertingSettings.of(named, broker.clientProperties(), ring), clock);
  }

  private Alerting alerting() throws Exception {
    return alerting(keys, smtpPort);
  }

  private void policy(String customerId, long version, String language, Contact... contacts)
      throws Exception {
    Policy policy =
        new Policy(
            customerId,
            "Idrettslaget " + customerId,
            version,
            null,
            false,
            null,
            null,
            List.of(contacts),
            language,
            null,
            null,
            null,
            null,
            null,
            null,
            null);
    log.write(Topics.VAKT_POLICIES, customerId, policy);
  }

  private Contact contact(String customerId, String address, String language) {
    return new Contact(
        "Kari",
        keys.sealing().seal(address, SealedField.CONTACT, new MessageIdentity(customerId, "")),
        language);
  }

  private void klubben() throws Exception {
    policy("klubben", 1, "nb", contact("klubben", DRIFT, null), contact("klubben", LEADER, "en"));
  }

  private void raise(Alert alert) throws Exception {
    log.write(Topics.VAKT_ALERTS, String.valueOf(alert.customerId()), alert);
  }

  private List<String> inbox() {
    return Stream.of(mails.getReceivedMessages()).map(AlertingTest::line).sorted().toList();
  }

  private static String line(MimeMessage mail) {
    try {
      return Arrays.toString(mail.getRecipients(Message.RecipientType.TO))
          + " "
          + mail.getSubject();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private void awaitMails(int count) {
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(inbox()).hasSize(count));
  }

  private void awaitCommitted(long alerts) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(log.committed(GROUP)).isEqualTo(alerts));
  }

  @Test
  void mailsEachContactByItselfInItsLanguageAndStaffTheirOwn() throws Exception {
    mails.start();
    klubben();
    raise(Alerts.alert(1, "klubben", AlertAudience.CUSTOMER));
    raise(Alerts.alert(2, "klubben", AlertAudience.STAFF));

    try (Alerting running = alerting()) {
      awaitMails(3);
      assertThat(inbox())
          .containsExactly(
              "[drift@klubben.example] Vakt: meldinger fra Idrettslaget klubben er stanset"
                  + " (ref. 00000001)",
              "[leder@klubben.example] Vakt: messages from Idrettslaget klubben have been stopped"
                  + " (ref. 00000001)",
              "[vakt@front.example] [Vakt] Idrettslaget klubben: first alert, 12 stopped"
                  + " (ref. 00000002)");
      MimeMessage first = mails.getReceivedMessages()[0];
      assertThat(first.getAllRecipients()).hasSize(1);
      assertThat(first.getHeader("Auto-Submitted")).containsExactly("auto-generated");
      assertThat(first.getHeader("X-Auto-Response-Suppress")).containsExactly("All");
      assertThat(first.getContentType()).startsWith("multipart/alternative");
      assertThat(first.getSentDate()).hasTime(NOON.toEpochMilli());
      assertThat(first.getMessageID()).matches("<[0-9a-f]{32}\\.vakt@vakt\\.example>");
      awaitCommitted(2);
      assertThat(running.alarm()).isEmpty();
    }
    assertThat(log.read(Topics.VAKT_MAILS))
        .hasSize(3)
        .allSatisfy(
            bytes -> {
              assertThat(new String(bytes, StandardCharsets.UTF_8))
                  .doesNotContain("klubben.example");
              assertThat(WireJson.read(bytes, MailReceipt.class).problem()).isNull();
            });
  }

  @Test
  void mailsNothingTwiceAfterACrashAndLosesNothing() throws Exception {
    mails.start();
    klubben();
    raise(Alerts.alert(1, "klubben", AlertAudience.CUSTOMER));
    try (Alerting before = alerting()) {
      awaitMails(2);
    }
    log.forgetOffsets(GROUP);
    raise(Alerts.alert(1, "klubben", AlertAudience.CUSTOMER));
    raise(Alerts.alert(2, "klubben", AlertAudience.CUSTOMER));

    try (Alerting after = alerting(keys.rotated(), smtpPort)) {
      awaitCommitted(3);
      assertThat(inbox()).hasSize(4).doesNotHaveDuplicates();
    }
  }

  @Test
  void keepsEverythingWhileTheServerIsAwayForAnHourAndThroughARestart() throws Exception {
    klubben();
    for (int i = 0; i < 5; i++) {
      raise(Alerts.alert(i, "klubben", AlertAudience.CUSTOMER));
    }
    raise(Alerts.alert(9, "korpset", AlertAudience.STAFF));
    try (Alerting running = alerting(keys, smtpPort, "queue.openAlertsPerPartition", "2")) {
      await().atMost(PATIENCE).until(running::isServerFailing);
      for (int minute = 0; minute < 30; minute++) {
        clock.advance(Duration.ofMinutes(1));
      }
    }
    assertThat(log.committed(GROUP)).isZero();
    try (Alerting running = alerting(keys, smtpPort, "queue.openAlertsPerPartition", "2")) {
      await().atMost(PATIENCE).until(running::isServerFailing);
      for (int minute = 0; minute < 30; minute++) {
        clock.advance(Duration.ofMinutes(1));
      }
      mails.start();
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () -> {
                clock.advance(Duration.ofMinutes(1));
                assertThat(inbox()).hasSize(11);
              });
      awaitCommitted(6);
      assertThat(inbox()).doesNotHaveDuplicates();
      assertThat(running.unsettled()).isZero();
    }
  }

  @Test
  void settlesARecipientThatIsRefusedForGoodAndTellsStaffOnceADay() throws Exception {
    klubben();
    raise(Alerts.alert(1, "klubben", AlertAudience.CUSTOMER));
    raise(Alerts.alert(2, "klubben", AlertAudience.CUSTOMER));
    try (ScriptedSmtpServer server =
            new ScriptedSmtpServer(
                tls.serverOf("localhost"),
                line -> line.startsWith("RCPT") && line.contains(DRIFT) ? "550 5.1.1 none" : null);
        Alerting running = alerting(keys, server.port(), "smtp.threads", "1")) {
      awaitCommitted(2);
      assertThat(server.taken()).containsExactlyInAnyOrder(LEADER, LEADER, STAFF);
      assertThat(running.unsettled()).isZero();
    }
    assertThat(log.read(Topics.VAKT_MAILS).stream().map(b -> WireJson.read(b, MailReceipt.class)))
        .hasSize(5)
        .filteredOn(receipt -> receipt.problem() != null)
        .hasSize(2)
        .allSatisfy(receipt -> assertThat(receipt.problem()).isEqualTo("550 5.1.1"));
  }

  @Test
  void tellsStaffOfARefusalWhoseNoticeWasLostInACrash() throws Exception {
    klubben();
    raise(Alerts.alert(1, "klubben", AlertAudience.CUSTOMER));
    try (ScriptedSmtpServer server =
            new ScriptedSmtpServer(
                tls.serverOf("localhost"),
                line ->
                    !line.startsWith("RCPT")
                        ? null
                        : line.contains(DRIFT)
                            ? "550 5.1.1 none"
                            : line.contains(STAFF) ? "450 4.2.1 later" : null);
        Alerting running = alerting(keys, server.port())) {
      await()
          .atMost(PATIENCE)
          .until(() -> server.commands().stream().anyMatch(c -> c.contains(STAFF)));
    }
    mails.start();
    try (Alerting running = alerting()) {
      awaitCommitted(1);
      assertThat(inbox())
          .singleElement()
          .asString()
          .contains(STAFF)
          .contains("a contact cannot be reached");
    }
  }

  @Test
  void mailsOthersWhileOneRecipientFailsForNow() throws Exception {
    klubben();
    policy("korpset", 1, "nb", contact("korpset", "korps@korpset.example", null));
    raise(Alerts.alert(1, "klubben", AlertAudience.CUSTOMER));
    raise(Alerts.alert(2, "korpset", AlertAudience.CUSTOMER));
    try (ScriptedSmtpServer server =
            new ScriptedSmtpServer(
                tls.serverOf("localhost"),
                line ->
                    line.startsWith("RCPT") && line.contains(DRIFT) ? "450 4.2.1 later" : null);
        Alerting running = alerting(keys, server.port())) {
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(server.taken())
                      .containsExactlyInAnyOrder(LEADER, "korps@korpset.example"));
      assertThat(running.unsettled()).isEqualTo(1);
      awaitCommitted(1);
    }
  }

  @Test
  void givesUpAnAddressRefusedForADayWhileOthersGetTheirsAndTellsStaff() throws Exception {
    klubben();
    policy("korpset", 1, "nb", contact("korpset", "korps@korpset.example", null));
    raise(Alerts.alert(1, "klubben", AlertAudience.CUSTOMER));
    try (ScriptedSmtpServer server =
            new ScriptedSmtpServer(
                tls.serverOf("localhost"),
                line ->
                    line.startsWith("RCPT") && line.contains(DRIFT) ? "450 4.2.1 later" : null);
        Alerting running = alerting(keys, server.port())) {
      await().atMost(PATIENCE).until(() -> tries(server) == 1 && running.unsettled() == 1);
      clock.advance(Duration.ofHours(24));
      await().atMost(PATIENCE).until(() -> tries(server) == 2 && running.unsettled() == 1);
      assertThat(log.committed(GROUP)).as("nobody else got mail since").isZero();

      raise(Alerts.alert(2, "korpset", AlertAudience.CUSTOMER));
      await().atMost(PATIENCE).until(() -> server.taken().contains("korps@korpset.example"));
      clock.advance(Duration.ofMinutes(5));

      awaitCommitted(2);
      assertThat(server.taken()).containsExactlyInAnyOrder(LEADER, "korps@korpset.example", STAFF);
    }
    assertThat(log.read(Topics.VAKT_MAILS).stream().map(b -> WireJson.read(b, MailReceipt.class)))
        .filteredOn(receipt -> receipt.problem() != null)
        .singleElement()
        .matches(receipt -> receipt.problem().equals("450 4.2.1"));
  }

  private static long tries(ScriptedSmtpServer server) {
    return server.commands().stream()
        .filter(line -> line.startsWith("RCPT") && line.contains(DRIFT))
        .count();
  }

  @Test
  void putsWhatIsNoAlertAsideSealedAndGoesOn() throws Exception {
    mails.start();
    klubben();
    log.write(Topics.VAKT_ALERTS, "klubben", "{\"canary\":1}".getBytes(StandardCharsets.UTF_8));
    log.write(Topics.VAKT_ALERTS, "klubben", "not json".getBytes(StandardCharsets.UTF_8));
    raise(Alerts.alert(1, "klubben", AlertAudience.STAFF));

    try (Alerting running = alerting()) {
      awaitMails(1);
      awaitCommitted(3);
    }
    List<DeadLetter> letters =
        log.read(Topics.VAKT_DEAD_LETTERS).stream()
            .map(bytes -> WireJson.read(bytes, DeadLetter.class))
            .toList();
    assertThat(letters).hasSize(2);
    DeadLetter letter = letters.get(0);
    assertThat(letter.reason()).contains("alertId: is missing").doesNotContain("canary");
    assertThat(
            keys.sealing()
                .open(
                    letter.sealedValue(),
                    SealedField.DEAD_LETTER,
                    new MessageIdentity(
                        letter.topic(), letter.partition() + "-" + letter.offset())))
        .isEqualTo("{\"canary\":1}");
  }

  @Test
  void stopsAndAlarmsForWantOfAKeyAndGoesOnWhenItIsBack() throws Exception {
    mails.start();
    klubben();
    KeyRing newer = keys.rotated();
    AccessAttempt call =
        new AccessAttempt(
            "t-1",
            "klubben",
            NOON,
            newer
                .sealing()
                .seal("192.0.2.77", SealedField.ORIGIN_IP, new MessageIdentity("klubben", "t-1")),
            null,
            RefusedBecause.NETWORK,
            true);
    raise(Alerts.alert(1, "klubben", AlertAudience.CUSTOMER, List.of(call)));

    try (Alerting running = alerting()) {
      await().atMost(PATIENCE).until(() -> running.alarm().isPresent());
    }
    assertThat(log.committed(GROUP)).isZero();
    assertThat(inbox()).isEmpty();
    assertThat(log.read(Topics.VAKT_DEAD_LETTERS)).isEmpty();

    try (Alerting running = alerting(newer, smtpPort)) {
      awaitMails(2);
      assertThat(mails.getReceivedMessages()[0].getContent())
          .isInstanceOfSatisfying(
              jakarta.mail.internet.MimeMultipart.class,
              parts -> {
                try {
                  assertThat(parts.getBodyPart(0).getContent().toString()).contains("192.0.2.77");
                } catch (Exception e) {
                  throw new AssertionError(e);
                }
              });
    }
  }

  @Test
  void mailsStaffWithANoteWhenACustomerHasNobody() throws Exception {
    mails.start();
    raise(Alerts.alert(1, "ukjent", AlertAudience.CUSTOMER));
    try (Alerting running = alerting()) {
      awaitMails(1);
      assertThat(inbox()).singleElement().asString().contains(STAFF);
    }
  }
}
