package no.front.vakt.contract;

import java.text.Normalizer;

/**
 * A message's text: the one normalisation, and how many SMS segments it takes.
 *
 * <p>Sizes are those of 3GPP TS 23.040 and 23.038: 160 GSM-7 septets or 70 UCS-2 units alone, 153
 * or 67 in each part of a joined message; an escaped GSM-7 character takes two septets, and neither
 * it nor a surrogate pair is split between parts.
 */
public final class MessageText {
  /** GSM-7 septets of a message alone. */
  public static final int GSM_SINGLE = 160;

  /** GSM-7 septets of each part of a joined message. */
  public static final int GSM_PART = 153;

  /** UCS-2 units of a message alone. */
  public static final int UCS2_SINGLE = 70;

  /** UCS-2 units of each part of a joined message. */
  public static final int UCS2_PART = 67;

  // 3GPP TS 23.038, 6.2.1, default alphabet (code 0x1B, the escape, left out) and its extension.
  private static final String GSM_BASIC =
      "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZ"
          + "ÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
  private static final String GSM_EXTENDED = "\f^{}\\[~]|€";
  private static final byte[] SEPTETS = septets();

  private MessageText() {}

  private static byte[] septets() {
    byte[] septets = new byte[Character.MAX_VALUE + 1];
    GSM_BASIC.chars().forEach(c -> septets[c] = 1);
    GSM_EXTENDED.chars().forEach(c -> septets[c] = 2);
    return septets;
  }

  /**
   * The text as it is judged and delivered: composed (NFC), line ends as LF, control characters
   * other than LF and FF gone, broken surrogates replaced by U+FFFD. Idempotent. Nothing that a
   * person could see is changed.
   */
  public static String normalised(String text) {
    if (isPlain(text)) {
      return text;
    }
    String composed = Normalizer.normalize(text, Normalizer.Form.NFC);
    StringBuilder out = new StringBuilder(composed.length());
    for (int i = 0; i < composed.length(); i++) {
      char c = composed.charAt(i);
      if (c == '\r') {
        if (i + 1 == composed.length() || composed.charAt(i + 1) != '\n') {
          out.append('\n');
        }
      } else if (Character.isHighSurrogate(c)
          && i + 1 < composed.length()
          && Character.isLowSurrogate(composed.charAt(i + 1))) {
        out.append(c).append(composed.charAt(++i));
      } else if (Character.isSurrogate(c)) {
        out.append('\uFFFD');
      } else if (c == '\t') {
        out.append(' ');
      } else if (!Character.isISOControl(c) || c == '\n' || c == '\f') {
        out.append(c);
      }
    }
    return out.toString();
  }

  private static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c > 0x24F || c == 0x7F || c >= 0x80 && c < 0xA0 || c < ' ' && c != '\n') {
        return false;
      }
    }
    return true;
  }

  /**
   * Whether no surrogate stands alone. One that does has no UTF-8: it could be neither written as
   * JSON nor sealed apart from a question mark.
   */
  static boolean isWellFormed(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        if (!Character.isHighSurrogate(text.charAt(i))
            || i + 1 == text.length()
            || !Character.isLowSurrogate(text.charAt(i + 1))) {
          return false;
        }
        i++;
      }
    }
    return true;
  }

  /** Whether the text can be sent in the GSM-7 alphabet. */
  public static boolean isGsm7(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (SEPTETS[text.charAt(i)] == 0) {
        return false;
      }
    }
    return true;
  }

  /** How many SMS the text takes; an empty text takes one. */
  public static int segments(String text) {
    return isGsm7(text) ? gsmSegments(text) : ucs2Segments(text);
  }

  private static int gsmSegments(String text) {
    int total = 0;
    int parts = 1;
    int used = 0;
    for (int i = 0; i < text.length(); i++) {
      int septets = SEPTETS[text.charAt(i)];
      total += septets;
      if (used + septets > GSM_PART) {
        parts++;
        used = 0;
      }
      used += septets;
    }
    return total <= GSM_SINGLE ? 1 : parts;
  }

  /** How many SMS the text takes when it is sent in UCS-2, whatever it holds. */
  public static int ucs2Segments(String text) {
    if (text.length() <= UCS2_SINGLE) {
      return 1;
    }
    int parts = 1;
    int used = 0;
    for (int i = 0; i < text.length(); i++) {
      boolean pair =
          Character.isHighSurrogate(text.charAt(i))
              && i + 1 < text.length()
              && Character.isLowSurrogate(text.charAt(i + 1));
      int units = pair ? 2 : 1;
      if (used + units > UCS2_PART) {
        parts++;
        used = 0;
      }
      used += units;
      i += units - 1;
    }
    return parts;
  }
}
