package no.front.vakt.standalone.up;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.time.Clock;
import java.util.Base64;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.SecurityOptions;

/**
 * Mutual TLS for the stream engine's own ports. Made anew at every start and known to this process
 * alone: the password is never written, so nobody else can call them.
 */
record EngineTls(Path keystore, Path truststore, String password) {
  private static final String PKCS12 = "PKCS12";
  private static final String ENTRY = "stream-engine";

  static EngineTls create(Path directory, Clock clock) {
    var authority = Authority.create("Vakt stream engine authority", clock);
    var identity = authority.issue(ENTRY, Authority.Use.BOTH);
    var password = newPassword();
    var tls =
        new EngineTls(
            directory.resolve("engine.p12"), directory.resolve("engine-trust.p12"), password);
    try {
      var keys = KeyStore.getInstance(PKCS12);
      keys.load(null, null);
      keys.setKeyEntry(
          ENTRY,
          identity.key(),
          password.toCharArray(),
          new Certificate[] {identity.certificate(), authority.certificate()});
      write(keys, tls.keystore(), password);
      var trust = KeyStore.getInstance(PKCS12);
      trust.load(null, null);
      trust.setCertificateEntry("authority", authority.certificate());
      write(trust, tls.truststore(), password);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return tls;
  }

  void addTo(Configuration settings) {
    settings.set(SecurityOptions.SSL_PROTOCOL, "TLSv1.3");
    settings.set(SecurityOptions.SSL_ALGORITHMS, "TLS_AES_256_GCM_SHA384,TLS_AES_128_GCM_SHA256");
    settings.set(SecurityOptions.SSL_INTERNAL_ENABLED, true);
    settings.set(SecurityOptions.SSL_INTERNAL_KEYSTORE, keystore.toString());
    settings.set(SecurityOptions.SSL_INTERNAL_KEYSTORE_TYPE, PKCS12);
    settings.set(SecurityOptions.SSL_INTERNAL_KEYSTORE_PASSWORD, password);
    settings.set(SecurityOptions.SSL_INTERNAL_KEY_PASSWORD, password);
    settings.set(SecurityOptions.SSL_INTERNAL_TRUSTSTORE, truststore.toString());
    settings.set(SecurityOptions.SSL_INTERNAL_TRUSTSTORE_TYPE, PKCS12);
    settings.set(SecurityOptions.SSL_INTERNAL_TRUSTSTORE_PASSWORD, password);
    settings.set(SecurityOptions.SSL_REST_ENABLED, true);
    settings.set(SecurityOptions.SSL_REST_AUTHENTICATION_ENABLED, true);
    settings.set(SecurityOptions.SSL_REST_KEYSTORE, keystore.toString());
    settings.set(SecurityOptions.SSL_REST_KEYSTORE_TYPE, PKCS12);
    settings.set(SecurityOptions.SSL_REST_KEYSTORE_PASSWORD, password);
    settings.set(SecurityOptions.SSL_REST_KEY_PASSWORD, password);
    settings.set(SecurityOptions.SSL_REST_TRUSTSTORE, truststore.toString());
    settings.set(SecurityOptions.SSL_REST_TRUSTSTORE_TYPE, PKCS12);
    settings.set(SecurityOptions.SSL_REST_TRUSTSTORE_PASSWORD, password);
  }

  /** Never prints the password. */
  @Override
  public String toString() {
    return "EngineTls[keystore=%s]".formatted(keystore);
  }

  private static void write(KeyStore store, Path file, String password)
      throws IOException, GeneralSecurityException {
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try (var out = Files.newOutputStream(file)) {
      store.store(out, password.toCharArray());
    }
  }

  private static String newPassword() {
    var bytes = new byte[24];
    new SecureRandom().nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
