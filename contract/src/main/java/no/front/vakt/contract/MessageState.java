package no.front.vakt.contract;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What has become of a message after its verdict; all but {@link #PARKED} are ends. */
public enum MessageState {
  /** Held: it waits for a decision or its end. */
  @JsonProperty("parked")
  PARKED,
  /** On its way to an operator. */
  @JsonProperty("sent")
  SENT,
  /** Will not be sent: somebody rejected it, or its place was not to be had. */
  @JsonProperty("rejected")
  REJECTED,
  /** Will not be sent: its time was over. */
  @JsonProperty("expired")
  EXPIRED
}
