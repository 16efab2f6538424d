package no.front.vakt.verdictapi.verdicts;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import no.front.vakt.contract.Channel;
import no.front.vakt.contract.FieldProblem;
import no.front.vakt.contract.InvalidRecordException;
import no.front.vakt.contract.IpAddress;
import no.front.vakt.contract.MessageText;
import no.front.vakt.contract.Submission;
import no.front.vakt.contract.WireJson;
import no.front.vakt.verdictapi.clock.DoorClock;
import no.front.vakt.verdictapi.http.ErrorCode;
import no.front.vakt.verdictapi.http.Problem;
import no.front.vakt.verdictapi.http.ProblemException;
import org.jspecify.annotations.Nullable;

/**
 * Makes submissions of what a caller sent: one JSON object, or an array of up to 1,000. The text is
 * normalised here, once; the stamp is the door's, whatever the caller wrote. Fields of a wrong type
 * and fields of a wrong value are told together. Thread-safe.
 */
final class SubmissionReader {
  /** Most messages in one request; the contract's figure. */
  static final int LARGEST_BATCH = 1_000;

  private static final ObjectMapper JSON = WireJson.mapper();

  // The elements of an array are followed by tokens; what follows the whole is checked here.
  private static final ObjectReader ELEMENT =
      JSON.readerFor(JsonNode.class).without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private final DoorClock clock;

  SubmissionReader(DoorClock clock) {
    this.clock = clock;
  }

  /**
   * What one body holds.
   *
   * @param isBatch whether it was an array
   * @param elements a submission or what is wrong with it, in the order they came
   */
  record Body(boolean isBatch, List<Element> elements) {}

  /**
   * One element: a submission or a problem, exactly one of the two.
   *
   * @param access what the customer presented, when the gateway passes that on
   */
  record Element(
      @Nullable Submission submission,
      @Nullable Problem problem,
      @Nullable PresentedAccess access) {}

  /** Reads a body; throws {@link ProblemException} when it is no JSON or too many messages. */
  Body read(byte[] body) {
    try (JsonParser in = JSON.getFactory().createParser(body)) {
      JsonToken start = in.nextToken();
      boolean isBatch = start == JsonToken.START_ARRAY;
      List<Element> elements = new ArrayList<>();
      if (isBatch) {
        while (in.nextToken() != JsonToken.END_ARRAY) {
          if (elements.size() == LARGEST_BATCH) {
            throw new ProblemException(ErrorCode.BATCH_TOO_LARGE);
          }
          elements.add(element(ELEMENT.readTree(in)));
        }
      } else if (start != null) {
        elements.add(element(ELEMENT.readTree(in)));
      }
      if (start == null || in.nextToken() != null) {
        throw malformed("is not one JSON value");
      }
      return new Body(isBatch, elements);
    } catch (JsonProcessingException e) {
      throw new ProblemException(
          Problem.of(ErrorCode.MALFORMED_JSON, WireJson.explain(e).problems()));
    } catch (IOException e) {
      throw malformed("cannot be read");
    }
  }

  private static ProblemException malformed(String reason) {
    return new ProblemException(
        Problem.of(ErrorCode.MALFORMED_JSON, List.of(new FieldProblem("", reason))));
  }

  private Element element(JsonNode node) {
    try {
      if (!node.isObject()) {
        throw new InvalidRecordException("", "is not an object");
      }
      Fields fields = new Fields(node);
      PresentedAccess access = access(node.get("access"), node, fields);
      return new Element(submission(fields), null, access);
    } catch (InvalidRecordException e) {
      return new Element(null, Problem.of(ErrorCode.INVALID_FIELDS, e.problems()), null);
    }
  }

  /** What the customer presented; its address is that of the submission unless it says another. */
  private static @Nullable PresentedAccess access(
      @Nullable JsonNode access, JsonNode submission, Fields fields) {
    if (access == null || access.isNull()) {
      return null;
    }
    if (!access.isObject()) {
      fields.wrong("access", "is not an object");
      return null;
    }
    JsonNode password = access.path("password");
    if (!password.isTextual() && !password.isNull() && !password.isMissingNode()) {
      fields.wrong("access.password", "is not a text");
    }
    JsonNode address = access.hasNonNull("address") ? access.get("address") : null;
    String literal = (address == null ? submission.path("originIp") : address).asText("");
    Optional<IpAddress> found = IpAddress.find(literal);
    if (found.isEmpty()) {
      fields.wrong("access.address", "is not an IPv4 or IPv6 address");
      return null;
    }
    return new PresentedAccess(found.get(), password.textValue());
  }

  private Submission submission(Fields fields) {
    String text = fields.text("text");
    String customerId = fields.text("customerId");
    String messageId = fields.text("messageId");
    String senderId = fields.text("senderId");
    String recipient = fields.text("recipient");
    String originIp = fields.text("originIp");
    Channel channel = fields.typed("channel", Channel.class);
    Instant validUntil = fields.typed("validUntil", Instant.class);
    Boolean deliver = fields.typed("deliver", Boolean.class);
    try {
      Submission submission =
          new Submission(
              customerId,
              messageId,
              clock.stamp(),
              senderId,
              recipient,
              text == null ? null : MessageText.normalised(text),
              originIp,
              channel,
              validUntil,
              deliver);
      fields.throwIfAny(List.of());
      return submission;
    } catch (InvalidRecordException e) {
      fields.throwIfAny(e.problems());
      throw e;
    }
  }

  /** The fields of one object and what is wrong with their types. */
  private static final class Fields {
    private final JsonNode node;
    private final List<FieldProblem> problems = new ArrayList<>();

    Fields(JsonNode node) {
      this.node = node;
    }

    void wrong(String name, String reason) {
      problems.add(new FieldProblem(name, reason));
    }

    @Nullable String text(String name) {
      JsonNode value = node.get(name);
      if (value == null || value.isNull()) {
        return null;
      }
      if (!value.isTextual()) {
        problems.add(new FieldProblem(name, "is not a text"));
        return null;
      }
      return value.textValue();
    }

    <T> @Nullable T typed(String name, Class<T> type) {
      JsonNode value = node.get(name);
      if (value == null || value.isNull()) {
        return null;
      }
      try {
        return JSON.treeToValue(value, type);
      } catch (JsonProcessingException e) {
        problems.add(new FieldProblem(name, WireJson.explain(e).problems().get(0).reason()));
        return null;
      }
    }

    /** Throws when anything is wrong, a field's type before its value. */
    void throwIfAny(List<FieldProblem> values) {
      Set<String> told = new HashSet<>();
      problems.forEach(problem -> told.add(problem.field()));
      values.stream().filter(problem -> !told.contains(problem.field())).forEach(problems::add);
      if (!problems.isEmpty()) {
        throw new InvalidRecordException(problems);
      }
    }
  }
}
