package no.front.vakt.contract;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What kind of news an alert is. */
public enum AlertType {
  /** A rule has spoken of a customer's messages for the first time in a while. */
  @JsonProperty("first")
  FIRST,
  /** It goes on: the sum since the first. */
  @JsonProperty("digest")
  DIGEST,
  /** It is over: the rule has been silent for a whole interval. */
  @JsonProperty("all-clear")
  ALL_CLEAR,
  /** To staff: so many customers have a first alert at once that their mails wait. */
  @JsonProperty("many-customers")
  MANY_CUSTOMERS,
  /** A call was refused that the customer should know of at once. */
  @JsonProperty("access-refused")
  ACCESS_REFUSED,
  /** The refused calls of a day. */
  @JsonProperty("access-digest")
  ACCESS_DIGEST,
  /** To staff: one address was refused at several customers. */
  @JsonProperty("access-sweep")
  ACCESS_SWEEP
}
