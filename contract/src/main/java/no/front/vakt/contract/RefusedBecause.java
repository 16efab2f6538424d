package no.front.vakt.contract;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Why a call to the customer API was refused. */
public enum RefusedBecause {
  /** The address is in none of the customer's networks. */
  @JsonProperty("network")
  NETWORK,
  /** The password is not the customer's. */
  @JsonProperty("password")
  PASSWORD,
  /** The customer has set neither networks nor a password. */
  @JsonProperty("none-set")
  NONE_SET,
  /** No customer has that id. */
  @JsonProperty("unknown-customer")
  UNKNOWN_CUSTOMER
}
