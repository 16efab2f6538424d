package no.front.vakt.contract;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Where a published rule is in its life; drafts are never published. */
public enum RuleState {
  /** Judged and recorded, decides nothing. */
  @JsonProperty("shadow")
  SHADOW,
  /** Decides. */
  @JsonProperty("live")
  LIVE,
  /** Silent; on a customer's policy it also silences the inherited rule of the same id. */
  @JsonProperty("retired")
  RETIRED
}
