package no.front.vakt.contract;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What staff chose for customer mails that wait. */
public enum AlertChoice {
  /** Send them. */
  @JsonProperty("release")
  RELEASE,
  /** Do not send them. */
  @JsonProperty("discard")
  DISCARD
}
