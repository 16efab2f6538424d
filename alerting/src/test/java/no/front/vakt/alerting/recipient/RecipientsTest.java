package no.front.vakt.alerting.recipient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import no.front.vakt.alerting.recipient.Recipient.Reason;
import no.front.vakt.contract.Alert;
import no.front.vakt.contract.AlertAudience;
import no.front.vakt.contract.AlertType;
import no.front.vakt.contract.Contact;
import no.front.vakt.contract.KeyRing;
import no.front.vakt.contract.MessageIdentity;
import no.front.vakt.contract.MissingKeyException;
import no.front.vakt.contract.Policy;
import no.front.vakt.contract.SealedField;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RecipientsTest {
  private static final Instant NOON = Instant.parse("2026-11-23T11:00:00Z");
  private static final Instant ONE_SECOND_LATER = NOON.plusSeconds(1);
  private static final StaffSettings STAFF =
      new StaffSettings(List.of("vakt@front.example"), Language.EN, ZoneOffset.UTC);

  private final KeyRing keys = KeyRing.generate();
  private final Recipients recipients =
      new Recipients(STAFF, keys.sealing(), Clock.fixed(NOON, ZoneOffset.UTC));

  private Contact contact(String holder, String address, @Nullable String language) {
    return new Contact(
        null,
        keys.sealing().seal(address, SealedField.CONTACT, new MessageIdentity(holder, "")),
        language);
  }

  private static Policy policy(
      String customerId,
      long version,
      @Nullable Instant from,
      @Nullable String language,
      @Nullable String timeZone,
      Contact @Nullable ... contacts) {
    return new Policy(
        customerId,
        customerId + " " + version,
        version,
        from,
        false,
        null,
        null,
        contacts == null ? null : List.of(contacts),
        language,
        timeZone,
        null,
        null,
        null,
        null,
        null,
        null);
  }

  private List<Recipient> toCustomer(String customerId) {
    return recipients.of(
        new Alert(
            "a",
            customerId,
            AlertAudience.CUSTOMER,
            AlertType.FIRST,
            NOON,
            NOON,
            NOON,
            1,
            0,
            1,
            null,
            null,
            null,
            null,
            null,
            1));
  }

  @Test
  void mailsTheContactsOfThePolicyInForceEachAddressOnce() {
    recipients.take(
        policy(
            "klubben",
            1,
            null,
            "en",
            "America/New_York",
            contact("klubben", "Drift@klubben.example", null),
            contact("klubben", "drift@klubben.example", "nb"),
            contact("klubben", "leder@klubben.example", "nb")));

    assertThat(toCustomer("klubben"))
        .extracting(Recipient::address, Recipient::language, Recipient::zone)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(
                "Drift@klubben.example", Language.EN, ZoneId.of("America/New_York")),
            org.assertj.core.groups.Tuple.tuple(
                "leder@klubben.example", Language.NB, ZoneId.of("America/New_York")));
  }

  @Test
  void inheritsFieldByFieldFromTheDefault() {
    recipients.take(
        policy("default", 1, null, "en", "UTC", contact("default", "all@front.example", null)));
    recipients.take(policy("klubben", 1, null, null, "Europe/Berlin", (Contact[]) null));

    assertThat(toCustomer("klubben"))
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.address()).isEqualTo("all@front.example");
              assertThat(one.language()).isEqualTo(Language.EN);
              assertThat(one.zone()).isEqualTo(ZoneId.of("Europe/Berlin"));
            });
    assertThat(toCustomer("unknown")).singleElement().matches(one -> !one.isStaff());
  }

  @Test
  void waitsForAVersionsTimeAndIgnoresOlderOnes() {
    recipients.take(
        policy("klubben", 2, NOON, "nb", null, contact("klubben", "two@x.example", null)));
    recipients.take(
        policy(
            "klubben", 3, ONE_SECOND_LATER, "nb", null, contact("klubben", "3@x.example", null)));
    recipients.take(
        policy("klubben", 1, null, "nb", null, contact("klubben", "one@x.example", null)));

    assertThat(toCustomer("klubben"))
        .extracting(Recipient::address)
        .containsExactly("two@x.example");
    assertThat(recipients.nameOf("klubben")).isEqualTo("klubben 2");
  }

  @Test
  void mailsStaffInsteadWhenNobodyIsLeft() {
    recipients.take(
        policy("klubben", 1, null, "nb", null, contact("klubben", "a@x.example", null)));
    recipients.take(Policy.removal("klubben", 2, NOON));

    assertThat(toCustomer("klubben"))
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.isStaff()).isTrue();
              assertThat(one.reason()).isEqualTo(Reason.NO_CONTACTS);
            });
  }

  @Test
  void mailsNoContactThatWasSealedForAnotherCustomer() {
    recipients.take(
        policy("klubben", 1, null, "nb", null, contact("korpset", "a@x.example", null)));

    assertThat(toCustomer("klubben")).allMatch(Recipient::isStaff);
  }

  @Test
  void opensANameTakesAPlainOneAndDropsOneItCannotOpen() {
    MessageIdentity own = new MessageIdentity("klubben", "");
    MessageIdentity other = new MessageIdentity("korpset", "");
    recipients.take(
        policy(
            "klubben",
            1,
            null,
            "nb",
            null,
            named(keys.sealing().seal("Kari Øy", SealedField.CONTACT, own), "a@x.example"),
            named("Ola", "b@x.example"),
            named(keys.sealing().seal("Per", SealedField.CONTACT, other), "c@x.example"),
            named("s1:damaged", "d@x.example")));

    assertThat(toCustomer("klubben"))
        .extracting(Recipient::name)
        .containsExactly("Kari Øy", "Ola", null, null);
  }

  private Contact named(String name, String address) {
    return new Contact(name, contact("klubben", address, null).email(), null);
  }

  @Test
  void refusesToGuessWithoutAKey() {
    Contact foreign =
        new Contact(
            null,
            KeyRing.generate()
                .sealing()
                .seal("a@x.example", SealedField.CONTACT, new MessageIdentity("klubben", "")),
            null);
    recipients.take(policy("klubben", 1, null, "nb", null, foreign));

    assertThatThrownBy(() -> toCustomer("klubben")).isInstanceOf(MissingKeyException.class);
  }

  @Test
  void printsNoAddress() {
    recipients.take(
        policy("klubben", 1, null, "nb", null, contact("klubben", "kari@x.example", null)));
    assertThat(toCustomer("klubben").toString()).contains("k…@x.example").doesNotContain("kari");
  }
}
