package no.front.vakt.verdictapi.access;

/** Whether a call to the customer API is let in. */
public enum AccessDecision {
  /** The caller is the customer. */
  ACCEPTED,
  /** The caller has not shown that it is; says nothing of whether there is such a customer. */
  REFUSED,
  /** Too much was tried, by this source or by all together; wait and try again. */
  TOO_MANY
}
