package no.front.vakt.verdictapi.verdicts;

import no.front.vakt.contract.IpAddress;
import org.jspecify.annotations.Nullable;

/**
 * What a customer presented to the gateway that asks for it.
 *
 * @param address where the customer called from
 * @param password what it showed, if anything
 */
record PresentedAccess(IpAddress address, @Nullable String password) {
  /** Masked. */
  @Override
  public String toString() {
    return "PresentedAccess[" + address + "]";
  }
}
