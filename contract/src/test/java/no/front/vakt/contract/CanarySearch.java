package no.front.vakt.contract;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Looks for planted secrets in whatever a part of Vakt leaves behind: files, records, logs. Each is
 * sought in every form it could rest in without being sealed: numbers as {@code +47…}, {@code 47…},
 * {@code 0047…} and eight digits; everything as UTF-8, Latin-1, UTF-16 of both orders,
 * percent-encoded, escaped as in JSON, in hex, and in base64 of both alphabets at all three
 * alignments. What is compressed must be written uncompressed to be searched.
 */
public final class CanarySearch {
  /** Shorter pieces are found by chance in sealed bytes. */
  private static final int SHORTEST = 6;

  private final Map<String, byte[]> forms = new LinkedHashMap<>();

  /**
   * Where something was found.
   *
   * @param where the file or record
   * @param form which canary in which form
   */
  public record Found(String where, String form) {}

  /** Adds a Norwegian number, given as {@code +47} and eight digits. */
  public CanarySearch number(String e164) {
    String digits = e164.substring(1);
    String national = digits.substring(2);
    for (String written : List.of(e164, digits, "00" + digits, national, spaced(national))) {
      add(written);
    }
    byte[] asLong = ByteBuffer.allocate(Long.BYTES).putLong(Long.parseLong(digits)).array();
    put(e164 + " as a long", asLong);
    return this;
  }

  private static String spaced(String digits) {
    return digits.replaceAll("(..)(?=.)", "$1 ");
  }

  /** Adds a text, an address, a key: anything that is written as it is. */
  public CanarySearch text(String text) {
    if (text.length() < SHORTEST) {
      throw new IllegalArgumentException("A canary this short is found by chance");
    }
    add(text);
    return this;
  }

  private void add(String text) {
    Map<String, Charset> charsets = new LinkedHashMap<>();
    charsets.put("UTF-8", StandardCharsets.UTF_8);
    charsets.put("Latin-1", StandardCharsets.ISO_8859_1);
    charsets.put("UTF-16BE", StandardCharsets.UTF_16BE);
    charsets.put("UTF-16LE", StandardCharsets.UTF_16LE);
    charsets.forEach(
        (name, charset) -> {
          byte[] bytes = text.getBytes(charset);
          put(text + " in " + name, bytes);
          putEncoded(text + " in " + name, bytes);
        });
    String percent = URLEncoder.encode(text, StandardCharsets.UTF_8);
    putText(text + " percent-encoded", percent);
    putText(text + " percent-encoded", percent.replace("+", "%20"));
    putText(text + " percent-encoded", percent.toLowerCase(Locale.ROOT));
    putText(
        text + " percent-encoded from Latin-1",
        URLEncoder.encode(text, StandardCharsets.ISO_8859_1));
    putText(text + " escaped", escaped(text));
    putText(text + " escaped", escaped(text).toUpperCase(Locale.ROOT).replace("\\U", "\\u"));
  }

  private static String escaped(String text) {
    StringBuilder escaped = new StringBuilder();
    for (char c : text.toCharArray()) {
      escaped.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
    }
    return escaped.toString();
  }

  private void putEncoded(String name, byte[] bytes) {
    StringBuilder hex = new StringBuilder();
    for (byte b : bytes) {
      hex.append(String.format(Locale.ROOT, "%02x", b));
    }
    putText(name + ", hex", hex.toString());
    putText(name + ", hex", hex.toString().toUpperCase(Locale.ROOT));
    for (int alignment = 0; alignment < 3; alignment++) {
      putText(name + ", base64", aligned(Base64.getEncoder(), bytes, alignment));
      putText(name + ", base64url", aligned(Base64.getUrlEncoder(), bytes, alignment));
    }
  }

  /** The characters that stand for these bytes alone, whatever comes before and after them. */
  private static String aligned(Base64.Encoder encoder, byte[] bytes, int before) {
    byte[] padded = new byte[before + bytes.length];
    System.arraycopy(bytes, 0, padded, before, bytes.length);
    String encoded = encoder.withoutPadding().encodeToString(padded);
    int from = (before * 8 + 5) / 6;
    int to = padded.length * 8 / 6;
    return encoded.substring(from, to);
  }

  private void putText(String name, String text) {
    put(name, text.getBytes(StandardCharsets.US_ASCII));
  }

  private void put(String name, byte[] form) {
    if (forms.values().stream().noneMatch(known -> Arrays.equals(known, form))) {
      String unique = name;
      for (int i = 2; forms.containsKey(unique); i++) {
        unique = name + " (" + i + ")";
      }
      forms.put(unique, form);
    }
  }

  /** Every form that stands in these bytes. */
  public List<Found> in(String where, byte[] bytes) {
    List<Found> found = new ArrayList<>();
    forms.forEach(
        (name, form) -> {
          if (stands(form, bytes)) {
            found.add(new Found(where, name));
          }
        });
    return found;
  }

  /** Every form that stands in a file, or in any file below a directory, or in their names. */
  public List<Found> below(Path path) throws IOException {
    List<Found> found = new ArrayList<>();
    List<Path> files;
    try (Stream<Path> walked = Files.walk(path)) {
      files = walked.toList();
    }
    for (Path file : files) {
      String name = path.relativize(file).toString();
      found.addAll(in("the name " + name, name.getBytes(StandardCharsets.UTF_8)));
      if (Files.isRegularFile(file)) {
        found.addAll(in(name, Files.readAllBytes(file)));
      }
    }
    return found;
  }

  private static boolean stands(byte[] form, byte[] bytes) {
    int last = bytes.length - form.length;
    for (int at = 0; at <= last; at++) {
      if (bytes[at] == form[0] && matches(form, bytes, at)) {
        return true;
      }
    }
    return false;
  }

  private static boolean matches(byte[] form, byte[] bytes, int at) {
    for (int i = 1; i < form.length; i++) {
      if (bytes[at + i] != form[i]) {
        return false;
      }
    }
    return true;
  }
}
