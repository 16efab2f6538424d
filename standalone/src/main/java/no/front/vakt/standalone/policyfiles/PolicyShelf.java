package no.front.vakt.standalone.policyfiles;

import java.util.Optional;
import java.util.Set;
import no.front.vakt.contract.Policy;

/** Where policies are kept in versions: what the directory of files needs of the rule book. */
public interface PolicyShelf {
  /**
   * The newest version that this author wrote, though others may have written since; its {@code
   * effectiveFrom} is what the author asked for.
   */
  Optional<Policy> newestBy(String customerId, String author);

  /** Customers with a policy whose newest version is this author's. */
  Set<String> customersOf(String author);

  /**
   * Makes it the customer's next version.
   *
   * @return that version's number
   * @throws no.front.vakt.contract.InvalidRecordException with all that is wrong with it
   */
  long put(Policy policy, String author, String reason);

  /**
   * Ends the customer's own policy.
   *
   * @return the number of the version that says so
   */
  long remove(String customerId, String author, String reason);

  /** The shelf cannot be reached now; what was asked is to be asked again. */
  final class Away extends RuntimeException {
    public Away(Throwable cause) {
      super(cause.getMessage(), cause);
    }
  }
}
