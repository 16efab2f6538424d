package no.front.vakt.verdictapi.frontapi;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads the fields of a call from its query and its body, whatever way the client sends them: a
 * form, {@code multipart/form-data} (what PHP's curl makes of an array), or JSON. What a body is,
 * it shows itself: one that starts with a brace is JSON whatever its content type says. A field in
 * the body goes before the same in the query.
 */
final class PushReader {
  private static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(8).build())
                  .build())
          .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  private static final byte[] UTF8_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
  private static final Charset UTF_32BE = Charset.forName("UTF-32BE");
  private static final Charset UTF_32LE = Charset.forName("UTF-32LE");
  private static final int WIDEST = 4;
  private static final int LONGEST_NUMBER = 32;

  private PushReader() {}

  /**
   * Reads a call.
   *
   * @param query the query as it came, one character a byte
   */
  static PushFields read(@Nullable String query, @Nullable String contentType, byte[] body) {
    String type = contentType == null ? "" : contentType.toLowerCase(Locale.ROOT).strip();
    Charset declared = RawText.charset(contentType);
    String json = json(body, declared);
    PushFields fields = new PushFields(json != null || isJson(contentType));
    if (query != null) {
      addForm(fields, query.getBytes(StandardCharsets.ISO_8859_1), null);
    }
    if (json != null) {
      addJson(fields, json);
    } else if (type.startsWith("multipart/")) {
      MultipartForm.addTo(fields, RawText.parameter(contentType, "boundary"), body);
    } else if (!fields.isJson()) {
      addForm(fields, withoutMark(body), declared);
    }
    return fields;
  }

  /** Whether a content type says that a body is JSON. */
  static boolean isJson(@Nullable String contentType) {
    return contentType != null
        && contentType.strip().toLowerCase(Locale.ROOT).startsWith("application/json");
  }

  private static byte[] withoutMark(byte[] body) {
    boolean marked =
        body.length >= UTF8_MARK.length
            && Arrays.equals(body, 0, UTF8_MARK.length, UTF8_MARK, 0, UTF8_MARK.length);
    return marked ? Arrays.copyOfRange(body, UTF8_MARK.length, body.length) : body;
  }

  private static void addForm(PushFields fields, byte[] raw, @Nullable Charset declared) {
    int from = 0;
    for (int i = 0; i <= raw.length; i++) {
      if (i < raw.length && raw[i] != '&') {
        continue;
      }
      int equal = from;
      while (equal < i && raw[equal] != '=') {
        equal++;
      }
      if (equal < i) {
        fields.add(
            RawText.decoded(RawText.unescaped(raw, from, equal), declared),
            RawText.decoded(RawText.unescaped(raw, equal + 1, i), declared));
      }
      from = i + 1;
    }
  }

  /** The body as the text of a JSON object, or nothing when it is none. */
  private static @Nullable String json(byte[] body, @Nullable Charset declared) {
    Charset wide = wide(body);
    String text =
        wide == null ? RawText.decoded(withoutMark(body), declared) : new String(body, wide);
    int start = 0;
    while (start < text.length()
        && (text.charAt(start) == '\uFEFF' || Character.isWhitespace(text.charAt(start)))) {
      start++;
    }
    return start < text.length() && text.charAt(start) == '{' ? text.substring(start) : null;
  }

  /**
   * UTF-16 or UTF-32 by its mark, or by the zeros among the first four bytes (RFC 4627, section 3).
   */
  private static @Nullable Charset wide(byte[] body) {
    int most = Math.min(body.length, WIDEST);
    StringBuilder zeros = new StringBuilder();
    for (int i = 0; i < most; i++) {
      zeros.append(body[i] == 0 ? '0' : 'x');
    }
    String start = HexFormat.of().formatHex(body, 0, most);
    if (start.equals("0000feff") || zeros.toString().equals("000x")) {
      return UTF_32BE;
    }
    if (start.equals("fffe0000") || zeros.toString().equals("x000")) {
      return UTF_32LE;
    }
    if (start.startsWith("feff") || zeros.indexOf("0x") == 0) {
      return StandardCharsets.UTF_16BE;
    }
    return start.startsWith("fffe") || zeros.indexOf("x0") == 0 ? StandardCharsets.UTF_16LE : null;
  }

  private static void addJson(PushFields fields, String json) {
    JsonNode object;
    try {
      object = JSON.readTree(json);
    } catch (JsonProcessingException e) {
      // No fields at all: the caller is told that the first of them is missing.
      return;
    }
    object.properties().forEach(field -> addJson(fields, field.getKey(), field.getValue()));
  }

  private static void addJson(PushFields fields, String name, JsonNode value) {
    if (value.isArray()) {
      value.forEach(
          element -> {
            if (element.isValueNode()) {
              fields.addOfList(name, text(element));
            } else {
              fields.addUnreadable(name);
            }
          });
    } else if (value.isObject()) {
      fields.addUnreadable(name);
    } else if (!value.isNull()) {
      fields.add(name, text(value));
    }
  }

  private static String text(JsonNode value) {
    if (value.isBoolean()) {
      return value.booleanValue() ? "1" : "0";
    }
    if (value.isNumber()) {
      // 4.799999901E9 is how some languages print a number.
      BigDecimal number = value.decimalValue().stripTrailingZeros();
      boolean huge = Math.abs((long) number.precision() - number.scale()) > LONGEST_NUMBER;
      return huge ? number.toString() : number.toPlainString();
    }
    return value.asText();
  }
}
