package no.front.vakt.standalone.up;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Clock;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import no.front.vakt.standalone.Refusal;
import no.front.vakt.standalone.files.Directories;
import no.front.vakt.standalone.files.OwnerOnly;
import no.front.vakt.standalone.up.Authority.Identity;
import no.front.vakt.standalone.up.Authority.Use;

/**
 * The household's own certificates, made at the first start and left alone afterwards but for
 * renewal.
 *
 * <p>Three authorities that do not know each other: {@code keys/kafka} for those who log in to the
 * broker, {@code keys/door} for the HTTPS doors and their callers, so that a caller's certificate
 * opens nothing inside, and {@code keys/inside} for the servers that only the household's own parts
 * talk to: database and mailbox. Each has {@code ca.pem} (key and certificate), {@code ca.crt}
 * (certificate alone, to hand out) and one PEM file with key and certificate per name. A whole
 * authority is made beside its place and moved there in one step.
 */
public final class Certificates {
  static final String DOOR_SERVER = "server";
  static final String GATEWAY = "gateway";
  private static final String DATABASE = "database";
  private static final String MAILBOX = "mailbox";

  private static final String AUTHORITY = "ca.pem";
  private static final String AUTHORITY_CERTIFICATE = "ca.crt";

  private final Path door;
  private final Path kafka;
  private final Path inside;

  private Certificates(Path keys) {
    this.door = keys.resolve("door");
    this.kafka = keys.resolve("kafka");
    this.inside = keys.resolve("inside");
  }

  /** Those that stand in a directory, as they are. */
  static Certificates in(Path keys) {
    return new Certificates(keys);
  }

  /**
   * Makes what is missing, renews what ends within thirty days, checks the rest.
   *
   * @throws Refusal when a file is damaged, half there or open to others
   */
  public static Certificates prepare(Path keys, Clock clock) {
    OwnerOnly.directory(keys);
    var certificates = new Certificates(keys);
    prepare(certificates.door, "Vakt door authority", doorUses(), clock);
    prepare(certificates.kafka, "Vakt broker authority", memberUses(), clock);
    prepare(certificates.inside, "Vakt inner authority", insideUses(), clock);
    return certificates;
  }

  /**
   * Certificate of the authority behind the HTTPS door: for {@code curl --cacert}, and for checking
   * callers.
   */
  public Path doorAuthority() {
    return door.resolve(AUTHORITY_CERTIFICATE);
  }

  /** Key and certificate of the HTTPS door. */
  public Path doorServer() {
    return door.resolve(DOOR_SERVER + ".pem");
  }

  /** Key and certificate of the gateway, for {@code curl --cert}. */
  public Path gateway() {
    return door.resolve(GATEWAY + ".pem");
  }

  /** Certificate of the authority behind database and mailbox, for whoever connects to them. */
  public Path insideAuthority() {
    return inside.resolve(AUTHORITY_CERTIFICATE);
  }

  /** Key and certificate of the database server. */
  public Path database() {
    return inside.resolve(DATABASE + ".pem");
  }

  /**
   * What the mailbox shows to whoever connects: its key and certificate, TLS 1.3 as Java has it.
   */
  public SSLContext mailbox() {
    try {
      var identity = Identity.read(inside.resolve(MAILBOX + ".pem"));
      var store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setKeyEntry(
          MAILBOX, identity.key(), new char[0], new Certificate[] {identity.certificate()});
      var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(store, new char[0]);
      var context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), null, null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Kafka's settings for a connection in this member's name, keystore and truststore only. */
  Map<String, String> kafkaTls(Member member) {
    return Map.of(
        "ssl.keystore.type", "PEM",
        "ssl.keystore.location", kafka.resolve(member.commonName() + ".pem").toString(),
        "ssl.truststore.type", "PEM",
        "ssl.truststore.location", kafka.resolve(AUTHORITY_CERTIFICATE).toString(),
        "ssl.enabled.protocols", "TLSv1.3");
  }

  private static Map<String, Use> doorUses() {
    return Map.of(DOOR_SERVER, Use.SERVER, GATEWAY, Use.CLIENT);
  }

  private static Map<String, Use> insideUses() {
    return Map.of(DATABASE, Use.SERVER, MAILBOX, Use.SERVER);
  }

  private static Map<String, Use> memberUses() {
    var uses = new LinkedHashMap<String, Use>();
    Arrays.stream(Member.values())
        .forEach(
            member ->
                uses.put(member.commonName(), member == Member.BROKER ? Use.BOTH : Use.CLIENT));
    return uses;
  }

  private static void prepare(Path place, String name, Map<String, Use> uses, Clock clock) {
    if (Files.notExists(place)) {
      make(place, name, uses, clock);
    }
    OwnerOnly.check(place);
    var authority = readAuthority(place, clock);
    uses.forEach((who, use) -> keepValid(authority, place.resolve(who + ".pem"), who, use));
  }

  private static void make(Path place, String name, Map<String, Use> uses, Clock clock) {
    var beside = place.resolveSibling("." + place.getFileName() + ".new");
    try {
      Directories.delete(beside);
      OwnerOnly.directory(beside);
      var authority = Authority.create(name, clock);
      OwnerOnly.write(beside.resolve(AUTHORITY), authority.pem());
      OwnerOnly.write(
          beside.resolve(AUTHORITY_CERTIFICATE), Authority.pem(authority.certificate()));
      uses.forEach(
          (who, use) ->
              OwnerOnly.write(beside.resolve(who + ".pem"), authority.issue(who, use).pem()));
      Files.move(beside, place, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new Refusal(
          "The certificates in %s cannot be made: %s.".formatted(place, e.getMessage()), e);
    }
  }

  private static Authority readAuthority(Path place, Clock clock) {
    var file = place.resolve(AUTHORITY);
    if (Files.notExists(file)) {
      throw new Refusal(
          "%s is half there: %s is missing; restore it from your copy, or move the directory away and the next start makes a new one."
              .formatted(place, AUTHORITY));
    }
    var authority = Authority.read(file, clock);
    var certificate = place.resolve(AUTHORITY_CERTIFICATE);
    if (Files.notExists(certificate)) {
      OwnerOnly.write(certificate, Authority.pem(authority.certificate()));
    } else if (!OwnerOnly.read(certificate).equals(Authority.pem(authority.certificate()))) {
      throw new Refusal("%s is not the certificate of %s.".formatted(certificate, file));
    }
    return authority;
  }

  private static void keepValid(Authority authority, Path file, String who, Use use) {
    if (Files.exists(file)) {
      var certificate = Identity.read(file).certificate();
      if (!authority.hasSigned(certificate)) {
        throw new Refusal(
            "%s was signed by another authority than %s beside it."
                .formatted(file, AUTHORITY_CERTIFICATE));
      }
      if (!authority.mustRenew(certificate)) {
        return;
      }
    }
    OwnerOnly.write(file, authority.issue(who, use).pem());
  }
}
