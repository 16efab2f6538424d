package no.front.vakt.verdictapi.http;

/**
 * Every way the door says no: a stable code for programs, the HTTP status, whose matter it is, and
 * a sentence for people. {@code docs/operations/verdict-api.md} has a line for each.
 */
public enum ErrorCode {
  /** Not even HTTP. */
  MALFORMED_REQUEST(400, "malformed-request", Owner.CALLER, "The request is not valid HTTP."),
  /** The body is no JSON. */
  MALFORMED_JSON(400, "malformed-json", Owner.CALLER, "The body is not valid JSON."),
  /** Fields are wrong. */
  INVALID_FIELDS(
      400, "invalid-fields", Owner.CALLER, "The request has fields that are missing or wrong."),
  /** No or wrong credentials. */
  NOT_AUTHENTICATED(
      401,
      "not-authenticated",
      Owner.CALLER,
      "A bearer key or a client certificate that this door knows is needed."),
  /** The customer behind a submission is not let in. */
  ACCESS_REFUSED(
      403,
      "access-refused",
      Owner.CALLER,
      "What the customer presented does not open its account; the message was not accepted."),
  /** Nothing is known under that path or id. */
  NOT_FOUND(404, "not-found", Owner.CALLER, "Nothing is known here under that path or id."),
  /** Wrong method. */
  METHOD_NOT_ALLOWED(
      405, "method-not-allowed", Owner.CALLER, "This path does not know that method."),
  /** The same id, another content. */
  ID_REUSED(
      409,
      "id-reused",
      Owner.CALLER,
      "This messageId was used for another message within ten minutes; this one was neither judged"
          + " nor sent."),
  /** Too many bytes. */
  BODY_TOO_LARGE(413, "body-too-large", Owner.CALLER, "The body is larger than this door takes."),
  /** Too many messages. */
  BATCH_TOO_LARGE(
      413, "batch-too-large", Owner.CALLER, "A batch holds at most 1,000 messages; split it."),
  /** Not JSON by its own word. */
  UNSUPPORTED_MEDIA_TYPE(
      415, "unsupported-media-type", Owner.CALLER, "The body must be application/json."),
  /** One customer sends faster than it may. */
  CUSTOMER_TOO_FAST(
      429,
      "customer-too-fast",
      Owner.CALLER,
      "This customer sends faster than it may; the message was not accepted."),
  /** Too many failed or waiting access checks. */
  ACCESS_TOO_MANY(
      429,
      "access-too-many",
      Owner.CALLER,
      "Too much was tried as this customer from there; the message was not accepted."),
  /** All together send faster than is judged. */
  OVERLOADED(
      429,
      "overloaded",
      Owner.CAPACITY,
      "More messages are waiting than can be judged in time; the message was not accepted."),
  /** A fault of ours. */
  INTERNAL(500, "internal", Owner.US, "Something went wrong on our side; retry with the same id."),
  /** The log gave no acknowledgement. */
  NOT_KNOWN_TO_BE_ACCEPTED(
      503,
      "not-known-to-be-accepted",
      Owner.US,
      "The message is not known to be accepted; retry with the same id.");

  /** Whose matter an error is. */
  public enum Owner {
    /** The caller must change something. */
    CALLER,
    /** We must. */
    US,
    /** Nobody is wrong, there is just too much; wait and retry. */
    CAPACITY
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
