package no.front.vakt.verdictapi;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import no.front.vakt.contract.KeyRing;

/** Files and settings of a door for tests: certificates, a bearer key, an allowed subject. */
public final class DoorFixture {
  /** A key that opens the door. */
  public static final String KEY = "a-key-that-only-tests-know-0123456789";

  /** The subject that opens the door. */
  public static final String SUBJECT = "CN=gateway,O=Gateway Example";

  private final TestCertificates authority;
  private final Path directory;
  private final KeyRing keys = KeyRing.generate();

  /** Writes the files. */
  public DoorFixture(Path directory) throws Exception {
    this.directory = directory;
    authority = new TestCertificates("Vakt test authority");
    TestCertificates.Identity server = authority.issue("CN=localhost");
    TestCertificates.certificatePem(directory.resolve("server.pem"), server);
    TestCertificates.keyPem(directory.resolve("server.key"), server);
    authority.authorityPem(directory.resolve("authority.pem"));
    allowKey(KEY);
  }

  /** Makes a key the only one that opens the door. */
  public void allowKey(String key) throws Exception {
    byte[] hash = MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
    Files.writeString(
        directory.resolve("bearer-keys"),
        "# name hash\ngateway-of-" + key.length() + " " + HexFormat.of().formatHex(hash) + "\n");
  }

  /** Settings that work, with some changed. */
  public VerdictApiSettings settings(Map<String, Object> kafka, Map<String, String> changed) {
    return VerdictApiSettings.of(named(changed), kafka, keys);
  }

  /** The same by their names. */
  public Map<String, String> named(Map<String, String> changed) {
    Map<String, String> named = new HashMap<>();
    named.put("web.port", "0");
    named.put("tls.certificate", directory.resolve("server.pem").toString());
    named.put("tls.privateKey", directory.resolve("server.key").toString());
    named.put("tls.clientAuthority", directory.resolve("authority.pem").toString());
    named.put("callers.bearerKeys", directory.resolve("bearer-keys").toString());
    named.put("callers.allowedSubjects", SUBJECT);
    named.put("verdicts.deadlineMillis", "5000");
    named.putAll(changed);
    return named;
  }

  /** The authority of all certificates. */
  public TestCertificates authority() {
    return authority;
  }

  /** The keys the door seals with. */
  public KeyRing keys() {
    return keys;
  }
}
