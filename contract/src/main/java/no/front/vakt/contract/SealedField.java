package no.front.vakt.contract;

/** The field an envelope is bound to, so that one cannot be passed off as another. */
public enum SealedField {
  /** A recipient's number. */
  RECIPIENT,
  /** A message's text. */
  TEXT,
  /** The address a customer called from. */
  ORIGIN_IP,
  /** A contact's name, mail address or number. */
  CONTACT,
  /** A record that could not be read, whole. */
  DEAD_LETTER
}
