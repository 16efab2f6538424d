package no.front.vakt.contract;

/**
 * A well-formed envelope names a key that is not at hand: an operator's matter. Consumption stops
 * until the key is back (design decision 13); the record is never dead-lettered.
 */
public final class MissingKeyException extends RuntimeException {
  /** Names the key by its id. */
  public MissingKeyException(long keyId) {
    super(
        "Key "
            + Long.toHexString(keyId)
            + " is not in the key set; nothing is read until it is back");
  }
}
