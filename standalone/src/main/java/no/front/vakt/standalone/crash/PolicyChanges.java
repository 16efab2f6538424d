package no.front.vakt.standalone.crash;

import java.io.IOException;
import no.front.vakt.contract.Policy;

/** The way a policy is changed while Vakt runs, or while it does not. */
interface PolicyChanges {
  /** Asks for that policy from soon on. */
  void change(Policy policy) throws IOException;
}
