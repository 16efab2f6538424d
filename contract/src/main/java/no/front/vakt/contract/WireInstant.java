package no.front.vakt.contract;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/**
 * Instants on the wire: {@code 2026-11-23T12:00:00.000Z}, always UTC, always milliseconds. Reads
 * any ISO-8601 instant with an offset. Written by hand because two of these stand in every record
 * of the hot path and the formatter of the JDK costs more than the rest of the record together.
 */
final class WireInstant {
  private static final int LAST_YEAR = 9999;

  private WireInstant() {}

  static String format(Instant instant) {
    LocalDateTime time =
        LocalDateTime.ofEpochSecond(instant.getEpochSecond(), instant.getNano(), ZoneOffset.UTC);
    if (time.getYear() < 0 || time.getYear() > LAST_YEAR) {
      return instant.toString();
    }
    char[] out = "0000-00-00T00:00:00.000Z".toCharArray();
    put(out, 0, 4, time.getYear());
    put(out, 5, 2, time.getMonthValue());
    put(out, 8, 2, time.getDayOfMonth());
    put(out, 11, 2, time.getHour());
    put(out, 14, 2, time.getMinute());
    put(out, 17, 2, time.getSecond());
    put(out, 20, 3, time.getNano() / 1_000_000);
    return new String(out);
  }

  private static void put(char[] out, int at, int digits, int value) {
    int rest = value;
    for (int i = at + digits - 1; i >= at; i--) {
      out[i] = (char) ('0' + rest % 10);
      rest /= 10;
    }
  }

  static Instant parse(String text) {
    if (text.length() == 24 && hasWireShape(text)) {
      return LocalDateTime.of(
              number(text, 0, 4),
              number(text, 5, 2),
              number(text, 8, 2),
              number(text, 11, 2),
              number(text, 14, 2),
              number(text, 17, 2),
              number(text, 20, 3) * 1_000_000)
          .toInstant(ZoneOffset.UTC);
    }
    OffsetDateTime time = OffsetDateTime.parse(text).withOffsetSameInstant(ZoneOffset.UTC);
    if (time.getYear() < 0 || time.getYear() > LAST_YEAR) {
      throw new DateTimeException("Outside the years that can be written again");
    }
    return time.toInstant();
  }

  private static boolean hasWireShape(String text) {
    for (int i = 0; i < 24; i++) {
      char c = text.charAt(i);
      char wanted = "0000-00-00T00:00:00.000Z".charAt(i);
      if (wanted == '0' ? c < '0' || c > '9' : c != wanted) {
        return false;
      }
    }
    return true;
  }

  private static int number(String text, int at, int digits) {
    int value = 0;
    for (int i = at; i < at + digits; i++) {
      value = value * 10 + (text.charAt(i) - '0');
    }
    return value;
  }

  static final class Writer extends JsonSerializer<Instant> {
    @Override
    public void serialize(Instant value, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      out.writeString(format(value));
    }
  }

  static final class Reader extends JsonDeserializer<Instant> {
    @Override
    public Instant deserialize(JsonParser in, DeserializationContext context) throws IOException {
      if (in.currentToken() != JsonToken.VALUE_STRING) {
        return (Instant)
            context.handleUnexpectedToken(
                context.constructType(Instant.class),
                in.currentToken(),
                in,
                "must be an ISO-8601 instant such as 2026-11-23T12:00:00.000Z");
      }
      try {
        return parse(in.getText());
      } catch (DateTimeException e) {
        return (Instant)
            context.handleWeirdStringValue(
                Instant.class,
                in.getText(),
                "must be an ISO-8601 instant such as 2026-11-23T12:00:00.000Z");
      }
    }
  }
}
