package no.front.vakt.verdictapi.access;

import no.front.vakt.contract.AccessAttempt;

/** Where calls to the customer API are told. */
public interface AttemptLog {
  /** Takes an attempt; never blocks and never throws, what cannot be told is counted. */
  void append(AccessAttempt attempt);
}
