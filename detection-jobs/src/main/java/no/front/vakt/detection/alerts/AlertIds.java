package no.front.vakt.detection.alerts;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Ids made of what they name: the same cause makes the same id again, whenever it is made. */
final class AlertIds {
  private static final int BYTES = 16;

  /** As many digits as {@code Alert.reference()} shows. */
  static final int REFERENCE_DIGITS = 8;

  private AlertIds() {}

  /** 32 hexadecimal digits of a hash over the parts, each with its length. */
  static String of(Object... parts) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (Object part : parts) {
        byte[] bytes = part.toString().getBytes(StandardCharsets.UTF_8);
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
        digest.update(bytes);
      }
      return HexFormat.of().formatHex(digest.digest(), 0, BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }

  /** Another id with the same reference, for a later word on the same matter. */
  static String sibling(String id, int number) {
    return number == 0
        ? id
        : id.substring(0, REFERENCE_DIGITS) + of(id, number).substring(REFERENCE_DIGITS);
  }
}
