package no.front.vakt.controlapi.http;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import no.front.vakt.contract.FieldProblem;
import no.front.vakt.contract.WireJson;
import org.jspecify.annotations.Nullable;

/**
 * A refusal as problem details (RFC 9457): the code, the sentence, all fields that are wrong.
 *
 * @param code what kind of refusal
 * @param errors every field that is wrong
 * @param currentVersion the version a policy is at, when that is what the caller must know
 */
public record Problem(ErrorCode code, List<FieldProblem> errors, @Nullable Long currentVersion) {

  /** Content type of a problem. */
  public static final String CONTENT_TYPE = "application/problem+json";

  private static final String TYPE_PREFIX = "urn:vakt:problem:";

  /** How long a caller should wait while the database or the log is away. */
  public static final int WAIT_SECONDS = 2;

  /** Copies the errors. */
  public Problem {
    errors = List.copyOf(errors);
  }

  /** A refusal of a request as a whole. */
  public static Problem of(ErrorCode code) {
    return new Problem(code, List.of(), null);
  }

  /** A refusal for fields that are wrong. */
  public static Problem of(ErrorCode code, List<FieldProblem> errors) {
    return new Problem(code, errors, null);
  }

  /** A refusal that tells the version the policy is at. */
  public static Problem at(ErrorCode code, long currentVersion) {
    return new Problem(code, List.of(), currentVersion);
  }

  /** Whether trying again helps. */
  public boolean isWorthARetry() {
    return code.status() == 503;
  }

  /** The JSON object as UTF-8, its members in the order people read them. */
  public byte[] json() {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("type", TYPE_PREFIX + code.code());
    members.put("title", code.sentence());
    members.put("status", code.status());
    members.put("code", code.code());
    if (!errors.isEmpty()) {
      members.put("errors", errors);
    }
    if (currentVersion != null) {
      members.put("currentVersion", currentVersion);
    }
    if (isWorthARetry()) {
      members.put("retryAfterSeconds", WAIT_SECONDS);
    }
    return WireJson.bytes(members);
  }
}
