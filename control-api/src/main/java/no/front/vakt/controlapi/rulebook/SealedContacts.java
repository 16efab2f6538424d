package no.front.vakt.controlapi.rulebook;

import java.util.List;
import java.util.function.UnaryOperator;
import no.front.vakt.contract.Contact;
import no.front.vakt.contract.MessageIdentity;
import no.front.vakt.contract.Policy;
import no.front.vakt.contract.SealedField;
import no.front.vakt.contract.Sealing;

/** Seals the addresses of a policy's contacts before it rests, and opens them for staff. */
final class SealedContacts {
  /** Contacts belong to a customer, not to one of its messages. */
  private static final String NO_MESSAGE = "";

  private final Sealing sealing;

  SealedContacts(Sealing sealing) {
    this.sealing = sealing;
  }

  Policy sealed(Policy policy) {
    MessageIdentity identity = new MessageIdentity(policy.customerId(), NO_MESSAGE);
    return changed(policy, email -> sealing.seal(email, SealedField.CONTACT, identity));
  }

  /** Throws when a key is missing or an envelope damaged. */
  Policy opened(Policy policy) {
    MessageIdentity identity = new MessageIdentity(policy.customerId(), NO_MESSAGE);
    return changed(policy, email -> sealing.open(email, SealedField.CONTACT, identity));
  }

  private static Policy changed(Policy policy, UnaryOperator<String> change) {
    List<Contact> contacts = policy.contacts();
    if (contacts == null || contacts.isEmpty()) {
      return policy;
    }
    return policy.withContacts(
        contacts.stream()
            .map(c -> new Contact(c.name(), change.apply(c.email()), c.language()))
            .toList());
  }
}
