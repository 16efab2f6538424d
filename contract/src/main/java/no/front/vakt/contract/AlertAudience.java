package no.front.vakt.contract;

import com.fasterxml.jackson.annotation.JsonProperty;

/** For whom an alert is written. */
public enum AlertAudience {
  /** The customer's own contacts. */
  @JsonProperty("customer")
  CUSTOMER,
  /** The gateway's security staff. */
  @JsonProperty("staff")
  STAFF
}
