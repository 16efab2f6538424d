package no.front.vakt.controlapi.rulebook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import no.front.vakt.contract.Contact;
import no.front.vakt.contract.KeyRing;
import no.front.vakt.contract.MessageIdentity;
import no.front.vakt.contract.Policy;
import no.front.vakt.contract.SealedField;
import no.front.vakt.contract.Sealing;
import no.front.vakt.contract.UnsealException;
import org.junit.jupiter.api.Test;

class SealedContactsTest {
  private final Sealing sealing = KeyRing.generate().sealing();
  private final SealedContacts contacts = new SealedContacts(sealing);

  private static Policy with(Contact contact) {
    return Policy.removal("klubben", 1, null).withContacts(List.of(contact));
  }

  @Test
  void sealsNameAndAddressAndOpensThemAgain() {
    Policy plain = with(new Contact("Kari", "kari@klubben.example", "nb"));

    Policy sealed = contacts.sealed(plain);

    assertThat(sealed.contacts())
        .singleElement()
        .matches(c -> Sealing.isEnvelope(c.name()) && Sealing.isEnvelope(c.email()));
    assertThat(contacts.opened(sealed)).isEqualTo(plain);
    Policy nameless = with(new Contact(null, "kari@klubben.example", null));
    assertThat(contacts.opened(contacts.sealed(nameless))).isEqualTo(nameless);
  }

  @Test
  void leavesTheNamesOfOlderVersionsAsTheyAre() {
    MessageIdentity identity = new MessageIdentity("klubben", "");
    String email = sealing.seal("kari@klubben.example", SealedField.CONTACT, identity);

    assertThat(contacts.opened(with(new Contact("Kari", email, null))).contacts())
        .containsExactly(new Contact("Kari", "kari@klubben.example", null));
    assertThatThrownBy(() -> contacts.opened(with(new Contact("s1:damaged", email, null))))
        .isInstanceOf(UnsealException.class);
  }
}
