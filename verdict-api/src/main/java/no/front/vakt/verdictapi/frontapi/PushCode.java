package no.front.vakt.verdictapi.frontapi;

/**
 * The codes of the customer API, which programs in the field know by number. {@code
 * docs/operations/customer-api.md} has a line for each.
 */
public enum PushCode {
  /** Taken: it is sent, unless it is held and nobody releases it. */
  ACCEPTED(0, "OK"),
  /** No number a message could go to. */
  ILLEGAL_NUMBER(1, "Illegal mobile number"),
  /** The caller has shown no password and its address is not the customer's. */
  ILLEGAL_ADDRESS(2, "Illegal IP address"),
  /** No sender, or one the customer may not use. */
  INVALID_FROMID(3, "Invalid fromid"),
  /** The content was stopped. */
  ILLEGAL_SMS(4, "Illegal value SMS"),
  /** A limit was reached. */
  NO_MESSAGES_LEFT(5, "No messages left on the account"),
  /** The account is frozen. */
  ACCOUNT_BLOCKED(7, "Account blocked"),
  /** Nobody said whose message it is. */
  SERVICEID_MISSING(8, "serviceid missing"),
  /** No recipient. */
  PHONENO_MISSING(9, "phoneno missing"),
  /** No text. */
  TXT_MISSING(10, "txt missing"),
  /** No sender. */
  FROMID_MISSING(11, "fromid missing"),
  /** A password was shown and the caller is not the customer. */
  INVALID_PASSWORD(13, "Invalid password"),
  /** More than four segments. */
  TOO_LONG(14, "Message too long"),
  /** The recipient, or where it is, was stopped. */
  BLACKLISTED(21, "Number blacklisted");

  private final int number;
  private final String phrase;

  PushCode(int number, String phrase) {
    this.number = number;
    this.phrase = phrase;
  }

  /** The number programs know. */
  public int number() {
    return number;
  }

  /** What it means, in the API's own words. */
  public String phrase() {
    return phrase;
  }
}
