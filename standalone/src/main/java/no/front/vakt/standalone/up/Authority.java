package no.front.vakt.standalone.up;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import no.front.vakt.standalone.Refusal;
import no.front.vakt.standalone.files.OwnerOnly;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * A certificate authority of the household: signs certificates for its members. EC P-256
 * throughout; the authority lives ten years, a certificate one, renewed by a start in its last
 * thirty days.
 */
final class Authority {
  private static final Duration AUTHORITY_LIFE = Duration.ofDays(3_652);
  private static final Duration CERTIFICATE_LIFE = Duration.ofDays(365);
  static final Duration RENEWED_BEFORE_END = Duration.ofDays(30);

  /** Clocks of two machines may differ a little; a fresh certificate must be valid on both. */
  private static final Duration CLOCK_SKEW = Duration.ofHours(1);

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final List<String> OWN_NAMES = List.of("localhost");
  private static final List<String> OWN_ADDRESSES = List.of("127.0.0.1", "::1");

  /** What a certificate may be used for. */
  enum Use {
    SERVER,
    CLIENT,
    /** A Kafka broker is both: it serves, and it calls the controller. */
    BOTH
  }

  /** A private key with its certificate. */
  record Identity(PrivateKey key, X509Certificate certificate) {
    /** Key and certificate in one PEM text, as curl, Kafka and Spring read it. */
    String pem() {
      return Authority.pem(key) + Authority.pem(certificate);
    }

    /** Reads what {@link #pem} wrote. */
    static Identity read(Path file) {
      PrivateKey key = null;
      X509Certificate certificate = null;
      try (var parser = new PEMParser(new StringReader(OwnerOnly.read(file)))) {
        for (Object object = parser.readObject(); object != null; object = parser.readObject()) {
          if (object instanceof PrivateKeyInfo info) {
            key = new JcaPEMKeyConverter().getPrivateKey(info);
          } else if (object instanceof X509CertificateHolder holder && certificate == null) {
            certificate = new JcaX509CertificateConverter().getCertificate(holder);
          }
        }
      } catch (IOException | GeneralSecurityException e) {
        throw new Refusal("%s is damaged: restore it from your copy.".formatted(file), e);
      }
      if (key == null || certificate == null) {
        throw new Refusal(
            "%s is half there: it has no %s; restore it from your copy."
                .formatted(file, key == null ? "private key" : "certificate"));
      }
      if (!belongTogether(key, certificate.getPublicKey())) {
        throw new Refusal(
            "%s holds a key and a certificate that do not belong together.".formatted(file));
      }
      return new Identity(key, certificate);
    }
  }

  private final Identity identity;
  private final Clock clock;

  private Authority(Identity identity, Clock clock) {
    this.identity = identity;
    this.clock = clock;
  }

  static Authority create(String name, Clock clock) {
    var keys = newKeys();
    var subject = new X500Name("CN=" + name);
    var now = clock.instant();
    try {
      var extensions = new JcaX509ExtensionUtils();
      var builder =
          new JcaX509v3CertificateBuilder(
                  subject,
                  newSerial(),
                  Date.from(now.minus(CLOCK_SKEW)),
                  Date.from(now.plus(AUTHORITY_LIFE)),
                  subject,
                  keys.getPublic())
              .addExtension(Extension.basicConstraints, true, new BasicConstraints(0))
              .addExtension(
                  Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign))
              .addExtension(
                  Extension.subjectKeyIdentifier,
                  false,
                  extensions.createSubjectKeyIdentifier(keys.getPublic()));
      return new Authority(
          new Identity(keys.getPrivate(), signed(builder, keys.getPrivate())), clock);
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  static Authority read(Path file, Clock clock) {
    var authority = new Authority(Identity.read(file), clock);
    if (authority.certificate().getNotAfter().toInstant().isBefore(clock.instant())) {
      throw new Refusal(
          "The certificate authority %s has expired: move its directory away and the next start makes a new one."
              .formatted(file));
    }
    return authority;
  }

  X509Certificate certificate() {
    return identity.certificate();
  }

  String pem() {
    return identity.pem();
  }

  Identity issue(String name, Use use) {
    var keys = newKeys();
    var now = clock.instant();
    var end = now.plus(CERTIFICATE_LIFE);
    var authorityEnd = certificate().getNotAfter().toInstant();
    try {
      var extensions = new JcaX509ExtensionUtils();
      var builder =
          new JcaX509v3CertificateBuilder(
                  certificate(),
                  newSerial(),
                  Date.from(now.minus(CLOCK_SKEW)),
                  Date.from(end.isBefore(authorityEnd) ? end : authorityEnd),
                  new X500Name("CN=" + name),
                  keys.getPublic())
              .addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
              .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
              .addExtension(Extension.extendedKeyUsage, false, purposes(use))
              .addExtension(
                  Extension.subjectKeyIdentifier,
                  false,
                  extensions.createSubjectKeyIdentifier(keys.getPublic()))
              .addExtension(
                  Extension.authorityKeyIdentifier,
                  false,
                  extensions.createAuthorityKeyIdentifier(certificate()));
      if (use != Use.CLIENT) {
        builder.addExtension(Extension.subjectAlternativeName, false, ownNames());
      }
      return new Identity(keys.getPrivate(), signed(builder, identity.key()));
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Whether this authority signed the certificate. */
  boolean hasSigned(X509Certificate certificate) {
    try {
      certificate.verify(certificate().getPublicKey());
      return true;
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  boolean mustRenew(X509Certificate certificate) {
    return certificate.getNotAfter().toInstant().isBefore(clock.instant().plus(RENEWED_BEFORE_END));
  }

  static String pem(Object object) {
    var text = new StringWriter();
    try (var writer = new JcaPEMWriter(text)) {
      writer.writeObject(
          object instanceof PrivateKey key ? new JcaPKCS8Generator(key, null) : object);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return text.toString();
  }

  private static ExtendedKeyUsage purposes(Use use) {
    return switch (use) {
      case SERVER -> new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth);
      case CLIENT -> new ExtendedKeyUsage(KeyPurposeId.id_kp_clientAuth);
      case BOTH ->
          new ExtendedKeyUsage(
              new KeyPurposeId[] {KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth});
    };
  }

  private static GeneralNames ownNames() throws UnknownHostException {
    var names = new ArrayList<GeneralName>();
    OWN_NAMES.forEach(name -> names.add(new GeneralName(GeneralName.dNSName, name)));
    for (var address : OWN_ADDRESSES) {
      names.add(
          new GeneralName(GeneralName.iPAddress, InetAddress.getByName(address).getHostAddress()));
    }
    return new GeneralNames(names.toArray(GeneralName[]::new));
  }

  private static X509Certificate signed(
      org.bouncycastle.cert.X509v3CertificateBuilder builder, PrivateKey key)
      throws GeneralSecurityException {
    try {
      return new JcaX509CertificateConverter()
          .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(key)));
    } catch (OperatorCreationException e) {
      throw new GeneralSecurityException(e);
    }
  }

  private static KeyPair newKeys() {
    try {
      var generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"), RANDOM);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static BigInteger newSerial() {
    return new BigInteger(127, RANDOM).setBit(126);
  }

  private static boolean belongTogether(PrivateKey key, PublicKey publicKey) {
    try {
      var probe = new byte[32];
      RANDOM.nextBytes(probe);
      var signing = Signature.getInstance("SHA256withECDSA");
      signing.initSign(key);
      signing.update(probe);
      var verifying = Signature.getInstance("SHA256withECDSA");
      verifying.initVerify(publicKey);
      verifying.update(probe);
      return verifying.verify(signing.sign());
    } catch (GeneralSecurityException e) {
      return false;
    }
  }
}
