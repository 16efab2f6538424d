package no.front.vakt.standalone.up;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import no.front.vakt.standalone.Refusal;
import no.front.vakt.standalone.files.OwnerOnly;
import no.front.vakt.standalone.up.Authority.Identity;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificatesTest {
  private static final Instant FIRST_START = Instant.parse("2026-03-02T08:00:00Z");
  private static final Duration ALMOST_A_YEAR = Duration.ofDays(340);

  @TempDir Path home;
  private Path keys;

  @BeforeEach
  void nameTheDirectory() {
    keys = home.resolve("keys");
  }

  @Test
  void everyMemberHasACertificateThatItsAuthoritySigned() throws Exception {
    prepare(FIRST_START);
    for (var member : Member.values()) {
      var certificate = certificate("kafka/" + member.commonName() + ".pem");
      assertThat(certificate.getSubjectX500Principal().getName())
          .isEqualTo("CN=" + member.commonName());
      assertThatChainVerifies(certificate, keys.resolve("kafka/ca.crt"));
    }
  }

  @Test
  void theDoorAnswersToTheNamesOfThisMachine() throws Exception {
    prepare(FIRST_START);
    var door = certificate("door/server.pem");
    assertThatChainVerifies(door, keys.resolve("door/ca.crt"));
    assertThat(door.getSubjectAlternativeNames())
        .containsExactlyInAnyOrder(
            List.of(2, "localhost"), List.of(7, "127.0.0.1"), List.of(7, "0:0:0:0:0:0:0:1"));
    assertThat(door.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.1");
    assertThat(certificate("door/gateway.pem").getExtendedKeyUsage())
        .containsExactly("1.3.6.1.5.5.7.3.2");
  }

  @Test
  void databaseAndMailboxAnswerToTheNamesOfThisMachineUnderAnAuthorityOfTheirOwn()
      throws Exception {
    prepare(FIRST_START);
    for (var file : List.of("inside/database.pem", "inside/mailbox.pem")) {
      var server = certificate(file);
      assertThatChainVerifies(server, keys.resolve("inside/ca.crt"));
      assertThat(server.getSubjectAlternativeNames())
          .contains(List.of(2, "localhost"), List.of(7, "127.0.0.1"));
      assertThat(server.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.1");
      assertThatThrownBy(() -> assertThatChainVerifies(server, keys.resolve("door/ca.crt")))
          .isInstanceOf(java.security.cert.CertPathValidatorException.class);
    }
  }

  @Test
  void aCallersCertificateOpensNothingInside() throws Exception {
    prepare(FIRST_START);
    var gateway = certificate("door/gateway.pem");
    assertThatThrownBy(() -> assertThatChainVerifies(gateway, keys.resolve("kafka/ca.crt")))
        .isInstanceOf(java.security.cert.CertPathValidatorException.class);
  }

  @Test
  void onlyTheOwnerMayReadThem() throws Exception {
    prepare(FIRST_START);
    try (var files = Files.walk(keys)) {
      assertThat(files)
          .allSatisfy(
              file ->
                  assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                      .isEqualTo(Files.isDirectory(file) ? "rwx------" : "rw-------"));
    }
  }

  @Test
  void theNextStartLeavesThemAlone() throws Exception {
    prepare(FIRST_START);
    var before = contents();
    prepare(FIRST_START.plus(ALMOST_A_YEAR.minusDays(10)));
    assertThat(contents()).isEqualTo(before);
  }

  @Test
  void aStartInTheLastThirtyDaysRenewsAllButTheAuthority() throws Exception {
    prepare(FIRST_START);
    var before = contents();
    var renewal = FIRST_START.plus(ALMOST_A_YEAR);
    prepare(renewal);
    var after = contents();
    assertThat(after.get("kafka/ca.pem")).isEqualTo(before.get("kafka/ca.pem"));
    assertThat(after.get("door/ca.crt")).isEqualTo(before.get("door/ca.crt"));
    for (var file : List.of("door/server.pem", "inside/database.pem", "inside/mailbox.pem")) {
      assertThat(certificate(file).getNotAfter()).isAfter(Date.from(renewal.plus(ALMOST_A_YEAR)));
    }
    assertThatChainVerifies(certificate("kafka/scoring-job.pem"), keys.resolve("kafka/ca.crt"));
  }

  @Test
  void aMemberThatIsNewGetsACertificateOfTheSameAuthority() throws Exception {
    prepare(FIRST_START);
    Files.delete(keys.resolve("kafka/alerting.pem"));
    prepare(FIRST_START);
    assertThatChainVerifies(certificate("kafka/alerting.pem"), keys.resolve("kafka/ca.crt"));
  }

  @Test
  void whatACrashLeftHalfMadeIsMadeAgain() throws Exception {
    prepare(FIRST_START);
    Files.move(keys.resolve("kafka"), keys.resolve(".kafka.new"));
    Files.delete(keys.resolve(".kafka.new/ca.crt"));
    prepare(FIRST_START);
    assertThatChainVerifies(certificate("kafka/broker.pem"), keys.resolve("kafka/ca.crt"));
    assertThat(keys.resolve(".kafka.new")).doesNotExist();
  }

  @Test
  void refusesAnAuthorityWithoutItsKey() throws Exception {
    prepare(FIRST_START);
    Files.delete(keys.resolve("door/ca.pem"));
    assertThatRefuses("half there", "ca.pem is missing");
  }

  @Test
  void refusesACertificateWithoutItsKey() throws Exception {
    prepare(FIRST_START);
    var file = keys.resolve("kafka/broker.pem");
    var pem = Files.readString(file);
    Files.writeString(file, pem.substring(pem.indexOf("-----BEGIN CERTIFICATE")));
    assertThatRefuses("broker.pem is half there", "no private key");
  }

  @Test
  void refusesADamagedFile() throws Exception {
    prepare(FIRST_START);
    Files.writeString(keys.resolve("door/server.pem"), "-----BEGIN PRIVATE KEY-----\nxx\n-----END");
    assertThatRefuses("server.pem is");
  }

  @Test
  void refusesAKeyThatOthersMayRead() throws Exception {
    prepare(FIRST_START);
    Files.setPosixFilePermissions(
        keys.resolve("kafka/scoring-job.pem"), PosixFilePermissions.fromString("rw-r--r--"));
    assertThatRefuses("scoring-job.pem is open to other users (rw-r--r--)", "chmod 600");
  }

  @Test
  void refusesACertificateOfAnotherAuthority() throws Exception {
    prepare(FIRST_START);
    OwnerOnly.write(
        keys.resolve("kafka/alerting.pem"), Files.readString(keys.resolve("door/gateway.pem")));
    assertThatRefuses("alerting.pem was signed by another authority");
  }

  private void prepare(Instant now) {
    Certificates.prepare(keys, Clock.fixed(now, ZoneOffset.UTC));
  }

  private void assertThatRefuses(String... parts) {
    assertThatThrownBy(() -> prepare(FIRST_START))
        .isInstanceOf(Refusal.class)
        .hasMessageContainingAll(parts);
  }

  private X509Certificate certificate(String file) {
    return Identity.read(keys.resolve(file)).certificate();
  }

  private Map<String, String> contents() throws IOException {
    var contents = new TreeMap<String, String>();
    try (var files = Files.walk(keys)) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        contents.put(keys.relativize(file).toString(), Files.readString(file));
      }
    }
    return contents;
  }

  private static void assertThatChainVerifies(X509Certificate leaf, Path authority)
      throws Exception {
    var factory = CertificateFactory.getInstance("X.509");
    try (var in = Files.newInputStream(authority)) {
      var anchor = new TrustAnchor((X509Certificate) factory.generateCertificate(in), null);
      var parameters = new PKIXParameters(Set.of(anchor));
      parameters.setRevocationEnabled(false);
      parameters.setDate(leaf.getNotBefore());
      CertPathValidator.getInstance("PKIX")
          .validate(factory.generateCertPath(List.of(leaf)), parameters);
    }
  }
}
