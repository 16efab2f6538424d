package no.front.vakt.contract;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What somebody chose for a held message. */
public enum HoldChoice {
  /** Send it. */
  @JsonProperty("release")
  RELEASE,
  /** Do not send it. */
  @JsonProperty("reject")
  REJECT
}
