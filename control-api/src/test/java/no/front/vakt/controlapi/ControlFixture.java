package no.front.vakt.controlapi;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import no.front.vakt.contract.KeyRing;

/** Files and settings of a control API for tests: certificates and the key of one on the staff. */
public final class ControlFixture {
  /** A key that opens the control API. */
  public static final String KEY = "a-staff-key-that-only-tests-know-0123456789";

  /** Whose key it is. */
  public static final String STAFF = "kari";

  private final TestCertificates authority = new TestCertificates("Vakt test authority");
  private final Path directory;
  private final KeyRing keys = KeyRing.generate();

  /** Writes the files. */
  public ControlFixture(Path directory) throws Exception {
    this.directory = Files.createDirectories(directory);
    TestCertificates.Identity server = authority.issue("CN=localhost");
    TestCertificates.certificatePem(directory.resolve("server.pem"), server);
    TestCertificates.keyPem(directory.resolve("server.key"), server);
    byte[] hash = MessageDigest.getInstance("SHA-256").digest(KEY.getBytes(StandardCharsets.UTF_8));
    Files.writeString(
        directory.resolve("staff-keys"), STAFF + " " + HexFormat.of().formatHex(hash) + "\n");
  }

  /** Settings that work, with some changed. */
  public ControlApiSettings settings(Map<String, Object> kafka, Map<String, String> changed) {
    return ControlApiSettings.of(named(changed), kafka, keys);
  }

  /** The same by their names. */
  public Map<String, String> named(Map<String, String> changed) {
    Map<String, String> named = new HashMap<>();
    named.put("web.port", "0");
    named.put("tls.certificate", directory.resolve("server.pem").toString());
    named.put("tls.privateKey", directory.resolve("server.key").toString());
    named.put("staff.keys", directory.resolve("staff-keys").toString());
    named.putAll(changed);
    return named;
  }

  /** The authority of the certificate. */
  public TestCertificates authority() {
    return authority;
  }

  /** The keys contacts are sealed with. */
  public KeyRing keys() {
    return keys;
  }
}
