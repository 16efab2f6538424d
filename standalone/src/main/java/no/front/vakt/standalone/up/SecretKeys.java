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
 * ({@code keys/sealing}) and the gateway's bearer key ({@code keys/gateway.key}, with its hash in
 * {@code keys/callers} for the door).
 */
final class SecretKeys {
  private static final int BEARER_BYTES = 32;

  private final Path sealing;
  private final Path gatewayKey;
  private final Path callers;

  private SecretKeys(Path keys) {
    this.sealing = keys.resolve("sealing");
    this.gatewayKey = keys.resolve("gateway.key");
    this.callers = keys.resolve("callers");
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
    secrets.prepareBearer();
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

  private void prepareBearer() {
    if (Files.notExists(gatewayKey)) {
      if (Files.exists(callers)) {
        return; // the operator took the key to the gateway and left its hash
      }
      var bytes = new byte[BEARER_BYTES];
      new SecureRandom().nextBytes(bytes);
      OwnerOnly.write(
          gatewayKey, Base64.getUrlEncoder().withoutPadding().encodeToString(bytes) + "\n");
    }
    var key = OwnerOnly.read(gatewayKey).strip();
    if (key.isEmpty()) {
      throw new Refusal(
          "%s is empty: remove it and the next start makes a new one.".formatted(gatewayKey));
    }
    if (Files.notExists(callers)) {
      OwnerOnly.write(
          callers,
          "# Who may call the door: a name and the SHA-256 of its bearer key, one caller a line.\ngateway "
              + sha256(key)
              + "\n");
    }
    OwnerOnly.check(callers);
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
