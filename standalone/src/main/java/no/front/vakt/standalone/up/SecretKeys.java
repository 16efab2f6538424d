package no.front.vakt.standalone.up;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import no.front.vakt.contract.KeyRing;
import no.front.vakt.standalone.Refusal;
import no.front.vakt.standalone.files.Directories;
import no.front.vakt.standalone.files.OwnerOnly;

/**
 * The household's secrets that are no certificates: the keys that personal data is sealed with
 * ({@code keys/sealing}), the bearer keys of the gateway and of staff ({@code keys/gateway.key},
 * {@code keys/staff.key}, with their hashes in {@code keys/callers} and {@code keys/staff} for the
 * doors), and the passwords of the database and the mailbox.
 */
final class SecretKeys {
  /** Who logs in to the mailbox; its password is {@link #mailKey}. */
  static final String MAIL_USER = "vakt";

  private static final int SECRET_BYTES = 32;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Path sealing;
  private final Path gatewayKey;
  private final Path callers;
  private final Path staffKey;
  private final Path staff;
  private final Path mailKey;
  private final Path databaseKey;
  private final Path databaseOwnerKey;

  private SecretKeys(Path keys) {
    this.sealing = keys.resolve("sealing");
    this.gatewayKey = keys.resolve("gateway.key");
    this.callers = keys.resolve("callers");
    this.staffKey = keys.resolve("staff.key");
    this.staff = keys.resolve("staff");
    this.mailKey = keys.resolve("mail.key");
    this.databaseKey = keys.resolve("database.key");
    this.databaseOwnerKey = keys.resolve("database-owner.key");
  }

  /**
   * Makes what is missing and checks the rest.
   *
   * @param hasData whether data sealed earlier is there; then missing keys are never replaced by
   *     fresh ones
   */
  static SecretKeys prepare(Path keys, boolean hasData) {
    OwnerOnly.directory(keys);
    var secrets = new SecretKeys(keys);
    secrets.prepareSealing(hasData);
    prepareBearer(
        secrets.gatewayKey,
        secrets.callers,
        "gateway",
        "# Who may call the door: a name and the SHA-256 of its bearer key, one caller a line.");
    prepareBearer(
        secrets.staffKey,
        secrets.staff,
        "staff",
        "# Who may change policies: a name and the SHA-256 of its bearer key, one a line.");
    preparePassword(secrets.mailKey);
    preparePassword(secrets.databaseKey);
    preparePassword(secrets.databaseOwnerKey);
    return secrets;
  }

  /** The directory of the sealing keys. */
  Path sealing() {
    return sealing;
  }

  KeyRing keyRing() {
    try {
      return KeyRing.load(sealing);
    } catch (IOException e) {
      throw new Refusal(
          "The keys in %s cannot be read: restore them from your copy.".formatted(sealing), e);
    }
  }

  /** The gateway's bearer key, for its own use. */
  Path gatewayKey() {
    return gatewayKey;
  }

  /** Names and key hashes of all callers, for the door. */
  Path callers() {
    return callers;
  }

  /** The bearer key of staff, for their own use. */
  Path staffKey() {
    return staffKey;
  }

  /** Names and key hashes of staff, for control-api. */
  Path staff() {
    return staff;
  }

  /** The password of {@link #MAIL_USER} for the mailbox. */
  Path mailKey() {
    return mailKey;
  }

  /** The password of the application's role in the database. */
  Path databaseKey() {
    return databaseKey;
  }

  /** The password of the database server's owner. */
  Path databaseOwnerKey() {
    return databaseOwnerKey;
  }

  private void prepareSealing(boolean hasData) {
    if (Files.notExists(sealing)) {
      if (hasData) {
        throw new Refusal(
            "%s is missing, and with it the keys that the data was sealed with: restore it from your copy, or move the data directory away too."
                .formatted(sealing));
      }
      makeSealing();
    }
    OwnerOnly.check(sealing);
    if (!KeyRing.isIn(sealing)) {
      throw new Refusal("%s is half there: restore it from your copy.".formatted(sealing));
    }
    try (var files = Files.list(sealing)) {
      files.forEach(OwnerOnly::check);
    } catch (IOException e) {
      throw new Refusal("%s cannot be read: %s.".formatted(sealing, e.getMessage()), e);
    }
  }

  private void makeSealing() {
    var beside = sealing.resolveSibling(".sealing.new");
    Directories.delete(beside);
    OwnerOnly.directory(beside);
    try {
      KeyRing.generate().save(beside);
      Files.move(beside, sealing, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new Refusal("The keys in %s cannot be made: %s.".formatted(sealing, e.getMessage()), e);
    }
  }

  private static void prepareBearer(Path file, Path hashes, String name, String heading) {
    if (Files.notExists(file) && Files.exists(hashes)) {
      OwnerOnly.check(hashes);
      return; // the operator took the key to whoever uses it and left its hash
    }
    var key = preparePassword(file);
    if (Files.notExists(hashes)) {
      OwnerOnly.write(hashes, heading + "\n" + name + " " + sha256(key) + "\n");
    }
    OwnerOnly.check(hashes);
  }

  /** Makes the secret unless it is there, and returns it. */
  private static String preparePassword(Path file) {
    if (Files.notExists(file)) {
      var bytes = new byte[SECRET_BYTES];
      RANDOM.nextBytes(bytes);
      OwnerOnly.write(file, Base64.getUrlEncoder().withoutPadding().encodeToString(bytes) + "\n");
    }
    var secret = OwnerOnly.read(file).strip();
    if (secret.isEmpty()) {
      throw new Refusal(
          "%s is empty: remove it and the next start makes a new one.".formatted(file));
    }
    return secret;
  }

  private static String sha256(String key) {
    try {
      var digest =
          MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
