package no.front.vakt.alerting;

import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemWriter;
import org.jspecify.annotations.Nullable;

/** An authority for tests, servers by it or by another. */
public final class TestCertificates {
  private static final char[] NO_PASSWORD = new char[0];

  private final KeyPair keys = keyPair();
  private final X509Certificate authority;

  /** A client's or server's certificate with its key. */
  public record Identity(X509Certificate certificate, KeyPair keys) {}

  /** Makes an authority. */
  public TestCertificates(String name) throws Exception {
    authority = sign(new X500Name("CN=" + name), new X500Name("CN=" + name), keys, keys, null);
  }

  /** A certificate for a subject, good for localhost. */
  public Identity issue(String subject) throws Exception {
    return issue(subject, "localhost");
  }

  /** A certificate for a subject, good for a host. */
  public Identity issue(String subject, String host) throws Exception {
    KeyPair own = keyPair();
    return new Identity(
        sign(
            new X500Name(authority.getSubjectX500Principal().getName()),
            X500Name.getInstance(new X500Principal(subject).getEncoded()),
            keys,
            own,
            host),
        own);
  }

  private static KeyPair keyPair() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    return generator.generateKeyPair();
  }

  private static X509Certificate sign(
      X500Name issuer, X500Name subject, KeyPair issuerKeys, KeyPair own, @Nullable String host)
      throws GeneralSecurityException, OperatorCreationException, IOException {
    Instant now = Instant.now();
    X509v3CertificateBuilder builder =
        new JcaX509v3CertificateBuilder(
            issuer,
            BigInteger.valueOf(now.toEpochMilli()),
            Date.from(now.minus(1, ChronoUnit.DAYS)),
            Date.from(now.plus(30, ChronoUnit.DAYS)),
            subject,
            own.getPublic());
    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(host == null));
    if (host != null) {
      builder.addExtension(
          Extension.subjectAlternativeName,
          false,
          new GeneralNames(new GeneralName(GeneralName.dNSName, host)));
    }
    return new JcaX509CertificateConverter()
        .getCertificate(
            builder.build(
                new JcaContentSignerBuilder("SHA256withECDSA").build(issuerKeys.getPrivate())));
  }

  /** Writes the authority's certificate. */
  public Path authorityPem(Path file) throws Exception {
    return pem(file, "CERTIFICATE", authority.getEncoded());
  }

  /** Writes a certificate. */
  public static Path certificatePem(Path file, Identity identity) throws Exception {
    return pem(file, "CERTIFICATE", identity.certificate.getEncoded());
  }

  /** Writes a key. */
  public static Path keyPem(Path file, Identity identity) throws Exception {
    return pem(file, "PRIVATE KEY", identity.keys.getPrivate().getEncoded());
  }

  private static Path pem(Path file, String type, byte[] content) throws IOException {
    StringWriter text = new StringWriter();
    try (PemWriter writer = new PemWriter(text)) {
      writer.writeObject(new PemObject(type, content));
    }
    return Files.writeString(file, text.toString());
  }

  /** TLS that believes this authority and shows a client's certificate, if there is one. */
  public SSLContext client(@Nullable Identity identity) throws Exception {
    KeyStore trust = KeyStore.getInstance("PKCS12");
    trust.load(null, null);
    trust.setCertificateEntry("authority", authority);
    TrustManagerFactory trusted =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trusted.init(trust);
    KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    if (identity != null) {
      store.setKeyEntry(
          "own", identity.keys.getPrivate(), NO_PASSWORD, new Certificate[] {identity.certificate});
    }
    own.init(store, NO_PASSWORD);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(own.getKeyManagers(), trusted.getTrustManagers(), null);
    return context;
  }
}
