package no.front.vakt.contract;

import com.google.crypto.tink.prf.Prf;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Keyed hashes (HMAC-SHA256) of what must be counted or looked up and must not be read: numbers,
 * addresses, ids. Not reversible without the key, which lives in {@code keys/}. Thread-safe.
 */
public final class KeyedHash {
  private static final int BYTES = 16;

  private final int primary;
  private final Map<Integer, Prf> byId;

  KeyedHash(int primary, Map<Integer, Prf> byId) {
    this.primary = primary;
    this.byId = new LinkedHashMap<>(byId);
  }

  /**
   * Hash for looking something up later, with the id of its key: {@code h1:<key id>:<hash>}.
   *
   * @param purpose separates uses, so that equal values of different fields hash apart
   */
  public String of(String purpose, String value) {
    return tagged(primary, purpose, value);
  }

  /** The hash under every key at hand, newest use first: what a look-up must compare with. */
  public List<String> all(String purpose, String value) {
    return byId.keySet().stream()
        .sorted((a, b) -> a == primary ? -1 : b == primary ? 1 : 0)
        .map(id -> tagged(id, purpose, value))
        .toList();
  }

  private String tagged(int id, String purpose, String value) {
    byte[] hash = compute(byId.get(id), purpose + '\0' + value, BYTES);
    return "h1:"
        + Integer.toHexString(id)
        + ":"
        + Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
  }

  /**
   * Secret bytes for a counting hash that state depends on. Derived from the oldest key in the set,
   * so that adding a key changes no counter; removing that key empties them.
   *
   * @param purpose what the bytes are for
   * @param length how many, at most 32
   */
  public byte[] countingKey(String purpose, int length) {
    return compute(byId.values().iterator().next(), "counting\0" + purpose, length);
  }

  private static byte[] compute(Prf prf, String input, int length) {
    try {
      return prf.compute(input.getBytes(StandardCharsets.UTF_8), length);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Hashing failed", e);
    }
  }
}
