package no.front.vakt.controlapi.rulebook;

import java.util.List;
import java.util.function.UnaryOperator;
import no.front.vakt.contract.Contact;
import no.front.vakt.contract.MessageIdentity;
import no.front.vakt.contract.Policy;
import no.front.vakt.contract.SealedField;
import no.front.vakt.contract.Sealing;

/** Seals names and addresses of a policy's contacts before it rests, and opens them for staff. */
final class SealedContacts {
  /** Contacts belong to a customer, not to one of its messages. */
  private static final String NO_MESSAGE = "";

  private final Sealing sealing;

  SealedContacts(Sealing sealing) {
    this.sealing = sealing;
  }

  Policy sealed(Policy policy) {
    MessageIdentity identity = identity(policy);
    UnaryOperator<String> seal = plain -> sealing.seal(plain, SealedField.CONTACT, identity);
    return changed(policy, seal, seal);
  }

  /**
   * Throws when a key is missing or an envelope damaged; a plain name of an older version stays.
   */
  Policy opened(Policy policy) {
    MessageIdentity identity = identity(policy);
    UnaryOperator<String> open = envelope -> sealing.open(envelope, SealedField.CONTACT, identity);
    return changed(policy, name -> Sealing.isEnvelope(name) ? open.apply(name) : name, open);
  }

  private static MessageIdentity identity(Policy policy) {
    return new MessageIdentity(policy.customerId(), NO_MESSAGE);
  }

  private static Policy changed(
      Policy policy, UnaryOperator<String> name, UnaryOperator<String> email) {
    List<Contact> contacts = policy.contacts();
    if (contacts == null || contacts.isEmpty()) {
      return policy;
    }
    return policy.withContacts(
        contacts.stream()
            .map(
                contact ->
                    new Contact(
                        contact.name() == null ? null : name.apply(contact.name()),
                        email.apply(contact.email()),
                        contact.language()))
            .toList());
  }
}
