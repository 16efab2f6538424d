package no.front.vakt.contract;

import com.google.crypto.tink.Aead;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;

/**
 * The only cipher: AES-256-GCM by Tink, each envelope bound to customer, message and field. An
 * envelope is {@code s1:} and the base64url of Tink's ciphertext, which starts with the id of its
 * key. Thread-safe.
 */
public final class Sealing {
  private static final String PREFIX = "s1:";

  // Tink wire format: 1 byte version (1), 4 bytes key id, 12 bytes nonce, ciphertext, 16 bytes tag.
  private static final int OVERHEAD = 1 + 4 + 12 + 16;

  private final KeyRing keys;
  private final Aead aead;

  Sealing(KeyRing keys, Aead aead) {
    this.keys = keys;
    this.aead = aead;
  }

  /**
   * Whether a text is, or was, an envelope: tells a sealed field from one of an older, plain day.
   */
  public static boolean isEnvelope(String text) {
    return text.startsWith(PREFIX);
  }

  /** Seals one field of one message. */
  public String seal(String plain, SealedField field, MessageIdentity identity) {
    return seal(plain.getBytes(StandardCharsets.UTF_8), field, identity);
  }

  /** Seals bytes. */
  public String seal(byte[] plain, SealedField field, MessageIdentity identity) {
    try {
      byte[] sealed = aead.encrypt(plain, binding(field, identity));
      return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(sealed);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Sealing failed", e);
    }
  }

  /**
   * Opens one field of one message.
   *
   * @throws UnsealException when the envelope is damaged or bound to something else
   * @throws MissingKeyException when its key is not in the key set
   */
  public String open(String envelope, SealedField field, MessageIdentity identity) {
    return new String(openBytes(envelope, field, identity), StandardCharsets.UTF_8);
  }

  /** Opens bytes; throws as {@link #open}. */
  public byte[] openBytes(String envelope, SealedField field, MessageIdentity identity) {
    byte[] sealed = decode(envelope, field);
    try {
      return aead.decrypt(sealed, binding(field, identity));
    } catch (GeneralSecurityException e) {
      int keyId =
          (sealed[1] & 255) << 24
              | (sealed[2] & 255) << 16
              | (sealed[3] & 255) << 8
              | sealed[4] & 255;
      if (!keys.holds(keyId)) {
        throw new MissingKeyException(keyId & 0xFFFFFFFFL);
      }
      throw new UnsealException(field);
    }
  }

  private static byte[] decode(String envelope, SealedField field) {
    if (isEnvelope(envelope)) {
      try {
        byte[] sealed = Base64.getUrlDecoder().decode(envelope.substring(PREFIX.length()));
        if (sealed.length >= OVERHEAD && sealed[0] == 1) {
          return sealed;
        }
      } catch (IllegalArgumentException e) {
        throw new UnsealException(field);
      }
    }
    throw new UnsealException(field);
  }

  private static byte[] binding(SealedField field, MessageIdentity identity) {
    // Ids hold no control characters, so the joints cannot be shifted.
    return (identity.customerId() + '\0' + identity.messageId() + '\0' + field.name())
        .getBytes(StandardCharsets.UTF_8);
  }
}
