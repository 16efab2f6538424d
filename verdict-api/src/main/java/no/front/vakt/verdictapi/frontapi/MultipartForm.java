package no.front.vakt.verdictapi.frontapi;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A body of {@code multipart/form-data} (RFC 7578), already in memory. Parts that are files are
 * left out, as PHP does; a line end may be a bare LF. Every byte is looked at a few times at most,
 * however many parts there are; those after the sixty-fourth are left out.
 */
final class MultipartForm {
  private static final byte[] DASHES = {'-', '-'};

  /** Seven fields are known; a client may send more, but not without end. */
  static final int MOST_PARTS = 64;

  /** RFC 2046 allows 70 characters and two dashes; some clients take more. */
  private static final int LONGEST_DELIMITER = 256;

  private MultipartForm() {}

  /** Adds the fields of a body; without a boundary its first line is taken for it. */
  static void addTo(PushFields fields, @Nullable String named, byte[] body) {
    byte[] delimiter =
        named == null || named.isEmpty()
            ? firstLine(body)
            : ("--" + named).getBytes(StandardCharsets.ISO_8859_1);
    if (delimiter.length <= DASHES.length
        || delimiter.length > LONGEST_DELIMITER
        || !startsWith(delimiter, 0, DASHES)) {
      return;
    }
    int start = find(body, delimiter, 0, body.length);
    for (int part = 0; start >= 0 && part < MOST_PARTS; part++) {
      int from = start + delimiter.length;
      int next = find(body, delimiter, from, body.length);
      if (next < 0 || startsWith(body, from, DASHES)) {
        return;
      }
      addPart(fields, body, from, next);
      start = next;
    }
  }

  private static byte[] firstLine(byte[] body) {
    int end = 0;
    while (end < body.length && body[end] != '\r' && body[end] != '\n') {
      end++;
    }
    return Arrays.copyOf(body, end);
  }

  private static void addPart(PushFields fields, byte[] body, int from, int to) {
    int crlf = find(body, new byte[] {'\r', '\n', '\r', '\n'}, from, to);
    int lf = find(body, new byte[] {'\n', '\n'}, from, to);
    boolean bare = crlf < 0 || lf >= 0 && lf < crlf;
    int head = bare ? lf : crlf;
    int start = head + (bare ? 2 : 4);
    if (head < 0) {
      return;
    }
    int end = to > start && body[to - 1] == '\n' ? to - 1 : to;
    end = end > start && body[end - 1] == '\r' ? end - 1 : end;
    String name = null;
    String type = null;
    String headers = RawText.decoded(Arrays.copyOfRange(body, from, head), null);
    for (String line : headers.split("\r?\n")) {
      String lower = line.toLowerCase(Locale.ROOT);
      if (lower.startsWith("content-disposition:")) {
        name = RawText.parameter(line, "filename") == null ? RawText.parameter(line, "name") : null;
      } else if (lower.startsWith("content-type:")) {
        type = line;
      }
    }
    if (name != null) {
      byte[] value = Arrays.copyOfRange(body, start, end);
      fields.add(name, RawText.decoded(value, RawText.charset(type)));
    }
  }

  private static boolean startsWith(byte[] bytes, int from, byte[] start) {
    return from + start.length <= bytes.length
        && Arrays.equals(bytes, from, from + start.length, start, 0, start.length);
  }

  private static int find(byte[] bytes, byte[] wanted, int from, int to) {
    for (int i = from; i + wanted.length <= to; i++) {
      if (startsWith(bytes, i, wanted)) {
        return i;
      }
    }
    return -1;
  }
}
