package no.front.vakt.alerting;

import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import javax.net.ServerSocketFactory;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** TLS for mail servers in tests: an authority, its file, and servers that bear a name by it. */
public final class MailTls {
  private static final char[] NO_PASSWORD = new char[0];

  private final TestCertificates authority;

  /** Makes an authority. */
  public MailTls() throws Exception {
    authority = new TestCertificates("Mail authority");
  }

  /** Writes what to believe. */
  public Path authorityFile(Path directory) throws Exception {
    return authority.authorityPem(directory.resolve("mail-ca.crt"));
  }

  /** Sockets of a server that bears a name. */
  public ServerSocketFactory serverOf(String host) throws Exception {
    KeyStore store = storeOf(host, NO_PASSWORD);
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, NO_PASSWORD);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    return context.getServerSocketFactory();
  }

  /** A store with the key and the certificate of a server. */
  public KeyStore storeOf(String host, char[] password) throws Exception {
    TestCertificates.Identity identity = authority.issue("CN=" + host, host);
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry(
        "own", identity.keys().getPrivate(), password, new Certificate[] {identity.certificate()});
    return store;
  }
}
