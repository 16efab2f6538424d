package no.front.vakt.controlapi.http;

/**
 * Every way the control API says no: a stable code for programs, the HTTP status, whose matter it
 * is, and a sentence for people. {@code docs/operations/control-api.md} has a line for each.
 */
public enum ErrorCode {
  /** Not even HTTP, or a path or parameter that cannot be read. */
  MALFORMED_REQUEST(400, "malformed-request", Owner.CALLER, "The request cannot be read."),
  /** The body is no JSON. */
  MALFORMED_JSON(400, "malformed-json", Owner.CALLER, "The body is not valid JSON."),
  /** Fields are wrong. */
  INVALID_FIELDS(
      400, "invalid-fields", Owner.CALLER, "The request has fields that are missing or wrong."),
  /** The policy cannot stand. */
  INVALID_POLICY(
      400, "invalid-policy", Owner.CALLER, "The policy has problems; nothing was changed."),
  /** No or wrong key. */
  NOT_AUTHENTICATED(
      401, "not-authenticated", Owner.CALLER, "A staff key that is known here is needed."),
  /** Nothing is known under that path or id. */
  NOT_FOUND(404, "not-found", Owner.CALLER, "Nothing is known here under that path or id."),
  /** Wrong method. */
  METHOD_NOT_ALLOWED(
      405, "method-not-allowed", Owner.CALLER, "This path does not know that method."),
  /** Wants what we do not write. */
  NOT_ACCEPTABLE(406, "not-acceptable", Owner.CALLER, "Answers here are application/json."),
  /** Somebody else was faster. */
  VERSION_CONFLICT(
      412,
      "version-conflict",
      Owner.CALLER,
      "The policy is not at the version this change was made for; nothing was changed."),
  /** Too many bytes. */
  BODY_TOO_LARGE(413, "body-too-large", Owner.CALLER, "The body is larger than 1 MiB."),
  /** The policy is too large. */
  POLICY_TOO_LARGE(
      413,
      "policy-too-large",
      Owner.CALLER,
      "The policy is larger than 256 KiB, written without spaces and with sealed contacts."),
  /** Not JSON by its own word. */
  UNSUPPORTED_MEDIA_TYPE(
      415, "unsupported-media-type", Owner.CALLER, "The body must be application/json."),
  /** A change that does not say what it changes. */
  PRECONDITION_REQUIRED(
      428,
      "precondition-required",
      Owner.CALLER,
      "Name the version this change is for: If-Match with its ETag, or If-None-Match: * for the"
          + " first."),
  /** A fault of ours. */
  INTERNAL(500, "internal", Owner.US, "Something went wrong on our side."),
  /** PostgreSQL is away. */
  DATABASE_UNAVAILABLE(
      503,
      "database-unavailable",
      Owner.US,
      "The database does not answer; the change is not known to be made. Verdicts go on."),
  /** A database that has not been compared with the topic since the start, or is new. */
  HISTORY_UNREAD(
      503,
      "history-unread",
      Owner.US,
      "The policies on the topic are not read into the database yet; try again soon."),
  /** Kafka is away. */
  LOG_UNAVAILABLE(
      503,
      "log-unavailable",
      Owner.US,
      "The log does not answer; the decision is not known to be taken. Send it again.");

  /** Whose matter an error is. */
  public enum Owner {
    /** The caller must change something. */
    CALLER,
    /** We must. */
    US
  }

  private final int status;
  private final String code;
  private final Owner owner;
  private final String sentence;

  ErrorCode(int status, String code, Owner owner, String sentence) {
    this.status = status;
    this.code = code;
    this.owner = owner;
    this.sentence = sentence;
  }

  /** HTTP status. */
  public int status() {
    return status;
  }

  /** The stable word for programs. */
  public String code() {
    return code;
  }

  /** Whose matter it is. */
  public Owner owner() {
    return owner;
  }

  /** What people read. */
  public String sentence() {
    return sentence;
  }
}
