package no.front.vakt.contract;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DatabindException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.type.LogicalType;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The only JSON codec: camelCase, UTC instants with milliseconds, absent instead of null, unknown
 * fields ignored on read. Whatever cannot be read becomes an {@link InvalidRecordException} that
 * names the field and never quotes the input.
 */
public final class WireJson {
  private static final int DEEPEST_NESTING = 64;

  private static final ObjectMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(DEEPEST_NESTING)
                          .maxStringLength(Policy.MAX_BYTES * 4)
                          .build())
                  .build())
          .addModule(
              new SimpleModule("wire")
                  .addSerializer(Instant.class, new WireInstant.Writer())
                  .addDeserializer(Instant.class, new WireInstant.Reader()))
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(
                  JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          // That switch leaves numbers and truth values that stand where a text belongs.
          .withCoercionConfig(
              LogicalType.Textual,
              text ->
                  text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                      .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                      .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
          .build();

  private static final Map<Class<?>, ObjectReader> READERS = new ConcurrentHashMap<>();

  private WireJson() {}

  /** The mapper itself, for trees and streams; never reconfigured. */
  public static ObjectMapper mapper() {
    return MAPPER;
  }

  /** Reads one record; throws {@link InvalidRecordException}. */
  public static <T> T read(byte[] json, Class<T> type) {
    try {
      T value = reader(type).readValue(json);
      return require(value);
    } catch (IOException e) {
      throw explain(e);
    }
  }

  /** Reads one record; throws {@link InvalidRecordException}. */
  public static <T> T read(String json, Class<T> type) {
    try {
      T value = reader(type).readValue(json);
      return require(value);
    } catch (IOException e) {
      throw explain(e);
    }
  }

  private static <T> T require(T value) {
    if (value == null) {
      throw new InvalidRecordException("", "is empty");
    }
    return value;
  }

  private static ObjectReader reader(Class<?> type) {
    return READERS.computeIfAbsent(type, MAPPER::readerFor);
  }

  /** An instant as it stands on the wire: UTC, milliseconds. */
  public static String text(Instant instant) {
    return WireInstant.format(instant);
  }

  /** Writes one record as UTF-8. */
  public static byte[] bytes(Object value) {
    try {
      return MAPPER.writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(
          "A record of Vakt's own cannot be written: " + value.getClass(), e);
    }
  }

  /** Writes one record as one line of text. */
  public static String text(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(
          "A record of Vakt's own cannot be written: " + value.getClass(), e);
    }
  }

  /** Reads an instant as it stands in a record; throws {@link java.time.DateTimeException}. */
  public static Instant instant(String text) {
    return WireInstant.parse(text);
  }

  /** What a parser's complaint means for whoever wrote the input; quotes none of it. */
  public static InvalidRecordException explain(IOException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof InvalidRecordException invalid) {
        String path = e instanceof JsonMappingException mapping ? path(mapping) : "";
        Problems problems = new Problems();
        if (path.isEmpty()) {
          return invalid;
        }
        problems.addAll(path, invalid.problems());
        return new InvalidRecordException(problems.list());
      }
    }
    if (e instanceof InvalidFormatException format) {
      return new InvalidRecordException(path(format), "is not " + expected(format));
    }
    if (e instanceof MismatchedInputException mismatch) {
      return new InvalidRecordException(path(mismatch), "is not " + expected(mismatch));
    }
    if (e instanceof JsonMappingException mapping && e instanceof DatabindException) {
      return new InvalidRecordException(path(mapping), "cannot be read");
    }
    if (e instanceof JsonProcessingException json && json.getLocation() != null) {
      return new InvalidRecordException(
          "",
          "is not valid JSON ("
              // Of a record on one line, whoever reads a file of them knows the line better.
              + (json.getLocation().getLineNr() > 1
                  ? "line " + json.getLocation().getLineNr() + ", "
                  : "")
              + "column "
              + json.getLocation().getColumnNr()
              + ")");
    }
    return new InvalidRecordException("", "cannot be read");
  }

  private static String expected(MismatchedInputException e) {
    Class<?> type = e.getTargetType();
    if (type == null) {
      return "of the right type";
    }
    if (type == Instant.class) {
      return "an ISO-8601 instant such as 2026-11-23T12:00:00.000Z";
    }
    if (type.isEnum()) {
      return "one of " + text(type.getEnumConstants());
    }
    if (type == String.class) {
      return "a text";
    }
    if (type == boolean.class || type == Boolean.class) {
      return "true or false";
    }
    if (type.isPrimitive() || Number.class.isAssignableFrom(type)) {
      return "a number in range";
    }
    if (Iterable.class.isAssignableFrom(type)) {
      return "a list";
    }
    return "an object";
  }

  private static String path(JsonMappingException e) {
    StringBuilder path = new StringBuilder();
    for (JsonMappingException.Reference reference : e.getPath()) {
      if (reference.getFieldName() != null) {
        path.append(path.isEmpty() ? "" : ".").append(reference.getFieldName());
      } else if (reference.getIndex() >= 0) {
        path.append('[').append(reference.getIndex()).append(']');
      }
    }
    return path.toString();
  }
}
