package no.front.vakt.verdictapi.http;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import no.front.vakt.contract.FieldProblem;
import no.front.vakt.contract.MessageIdentity;
import no.front.vakt.contract.WireJson;
import org.jspecify.annotations.Nullable;

/**
 * A refusal as problem details (RFC 9457): the code, the sentence, all fields that are wrong. Never
 * holds a value that came in, except the ids of the message it is about.
 *
 * @param code what kind of refusal
 * @param errors every field that is wrong
 * @param identity the message it is about, when it is about one
 * @param retryAfterSeconds when to try again, when that would help
 */
public record Problem(
    ErrorCode code,
    List<FieldProblem> errors,
    @Nullable MessageIdentity identity,
    @Nullable Integer retryAfterSeconds) {

  /** Content type of a problem. */
  public static final String CONTENT_TYPE = "application/problem+json";

  private static final String TYPE_PREFIX = "urn:vakt:problem:";

  /** How long a caller should wait when the door is overloaded or the log away. */
  private static final int WAIT_SECONDS = 1;

  /** Copies the errors. */
  public Problem {
    errors = List.copyOf(errors);
  }

  /** A refusal of a request as a whole. */
  public static Problem of(ErrorCode code) {
    return new Problem(code, List.of(), null, waitFor(code));
  }

  /** A refusal of one message. */
  public static Problem of(ErrorCode code, MessageIdentity identity) {
    return new Problem(code, List.of(), identity, waitFor(code));
  }

  /** A refusal for fields that are wrong. */
  public static Problem of(ErrorCode code, List<FieldProblem> errors) {
    return new Problem(code, errors, null, waitFor(code));
  }

  /** A refusal of one message for so many seconds. */
  public static Problem of(ErrorCode code, MessageIdentity identity, int retryAfterSeconds) {
    return new Problem(code, List.of(), identity, retryAfterSeconds);
  }

  private static @Nullable Integer waitFor(ErrorCode code) {
    return code.status() == 429 || code.status() == 503 ? WAIT_SECONDS : null;
  }

  /** The members of the JSON object, in the order people read them. */
  public Map<String, Object> members() {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("type", TYPE_PREFIX + code.code());
    members.put("title", code.sentence());
    members.put("status", code.status());
    members.put("code", code.code());
    if (identity != null) {
      members.put("customerId", identity.customerId());
      members.put("messageId", identity.messageId());
    }
    if (!errors.isEmpty()) {
      members.put("errors", errors);
    }
    if (retryAfterSeconds != null) {
      members.put("retryAfterSeconds", retryAfterSeconds);
    }
    return members;
  }

  /** The JSON object as UTF-8. */
  public byte[] json() {
    return WireJson.bytes(members());
  }
}
