package no.front.vakt.verdictapi.frontapi;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Bytes of a client as text. Bytes that are valid UTF-8 are UTF-8 whatever is declared, for clients
 * declare what their library says and send what their database holds; others are of the declared
 * charset when that has one byte a character, else ISO-8859-1, each value for itself. Of the
 * latter, bytes that are control codes there and characters on Windows (the euro sign, curly
 * quotes) are what Windows means.
 */
final class RawText {
  private static final Charset WINDOWS = Charset.forName("windows-1252");
  private static final int HEX = 16;

  private RawText() {}

  /** Reads bytes by what they look like, then by a declared charset. */
  static String decoded(byte[] bytes, @Nullable Charset declared) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      return declared != null && isSingleByte(declared)
          ? new String(bytes, declared)
          : singleByte(bytes);
    }
  }

  /** Whether a charset says more of these bytes than Windows does. */
  private static boolean isSingleByte(Charset charset) {
    return !charset.equals(StandardCharsets.ISO_8859_1)
        && !charset.equals(StandardCharsets.US_ASCII)
        && charset.canEncode()
        && charset.newEncoder().maxBytesPerChar() == 1;
  }

  private static String singleByte(byte[] bytes) {
    // The five bytes that mean nothing on Windows either are left out.
    return new String(bytes, WINDOWS).replace("\uFFFD", "");
  }

  /** Undoes the encoding of queries and forms; a percent sign without two digits is itself. */
  static byte[] unescaped(byte[] raw, int from, int to) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(to - from);
    for (int i = from; i < to; i++) {
      int high = raw[i] == '%' && i + 2 < to ? Character.digit(raw[i + 1], HEX) : -1;
      int low = high >= 0 ? Character.digit(raw[i + 2], HEX) : -1;
      if (low >= 0) {
        out.write(high * HEX + low);
        i += 2;
      } else {
        out.write(raw[i] == '+' ? ' ' : raw[i]);
      }
    }
    return out.toByteArray();
  }

  /** The charset a header names, if it is one we know. */
  static @Nullable Charset charset(@Nullable String header) {
    String name = parameter(header, "charset");
    try {
      return name == null ? null : Charset.forName(name);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /** A parameter of a header, without its quotes. */
  static @Nullable String parameter(@Nullable String header, String name) {
    if (header == null) {
      return null;
    }
    for (String part : header.split(";")) {
      String[] pair = part.split("=", 2);
      if (pair.length == 2 && pair[0].strip().equalsIgnoreCase(name)) {
        String value = pair[1].strip();
        return value.length() > 1 && value.startsWith("\"") && value.endsWith("\"")
            ? value.substring(1, value.length() - 1)
            : value;
      }
    }
    return null;
  }
}
