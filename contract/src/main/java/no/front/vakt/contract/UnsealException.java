package no.front.vakt.contract;

/** An envelope is damaged, or bound to another customer, message or field: the record is poison. */
public final class UnsealException extends RuntimeException {
  /** Names the field, never the content. */
  public UnsealException(SealedField field) {
    super("The sealed " + field + " is damaged or was sealed for another message");
  }
}
