package no.front.vakt.alerting.recipient;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import no.front.vakt.alerting.recipient.Recipient.Reason;
import no.front.vakt.contract.Alert;
import no.front.vakt.contract.AlertAudience;
import no.front.vakt.contract.Contact;
import no.front.vakt.contract.MessageIdentity;
import no.front.vakt.contract.Policy;
import no.front.vakt.contract.SealedField;
import no.front.vakt.contract.Sealing;
import no.front.vakt.contract.UnsealException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who is mailed about an alert: the contacts of the policy that is in force when the mail is
 * planned, or staff. Fields a policy lacks are inherited from {@code default}, each by itself. A
 * customer whom nobody can be mailed for is told to staff, with a note. Thread-safe.
 */
public final class Recipients {
  /** The time zone of a customer that names none, or none that exists. */
  public static final ZoneId FALLBACK_ZONE = ZoneId.of("Europe/Oslo");

  /** Most contacts of one customer that are mailed; a list that is longer is no list of people. */
  public static final int MOST_CONTACTS = 50;

  private static final Logger LOG = LoggerFactory.getLogger(Recipients.class);

  private final PolicyBook book = new PolicyBook();
  private final StaffSettings staff;
  private final Sealing sealing;
  private final Clock clock;

  /** Knows staff; customers come with {@link #take}. */
  public Recipients(StaffSettings staff, Sealing sealing, Clock clock) {
    this.staff = staff;
    this.sealing = sealing;
    this.clock = clock;
  }

  /** Takes a version of a policy, its contacts sealed. */
  public void take(Policy policy) {
    book.take(policy, clock.instant());
  }

  /**
   * Whom to mail; never empty, each address once.
   *
   * @throws no.front.vakt.contract.MissingKeyException when a contact cannot be opened for want of
   *     a key
   */
  public List<Recipient> of(Alert alert) {
    String customerId = alert.customerId();
    if (alert.audience() == AlertAudience.STAFF || customerId == null) {
      return staff(Reason.ADDRESSED);
    }
    List<Recipient> contacts = contacts(customerId);
    return contacts.isEmpty() ? staff(Reason.NO_CONTACTS) : contacts;
  }

  /** All of staff, for a reason. */
  public List<Recipient> staff(Reason reason) {
    return staff.recipients().stream()
        .map(address -> new Recipient(address, null, true, staff.language(), staff.zone(), reason))
        .toList();
  }

  /** What people call a customer; its id when nobody gave it a name. */
  public String nameOf(String customerId) {
    return book.own(customerId, clock.instant())
        .map(Policy::name)
        .filter(name -> !name.isBlank())
        .orElse(customerId);
  }

  private List<Recipient> contacts(String customerId) {
    Instant now = clock.instant();
    // Where a contact stands says whose envelope it is in: an inherited one is the default's.
    Optional<Policy> holder =
        book.own(customerId, now)
            .filter(policy -> policy.contacts() != null)
            .or(() -> book.own(Policy.DEFAULT, now).filter(policy -> policy.contacts() != null));
    if (holder.isEmpty()) {
      return List.of();
    }
    String language = field(customerId, now, Policy::language).orElse(null);
    ZoneId zone =
        field(customerId, now, Policy::timeZone).map(Recipients::zone).orElse(FALLBACK_ZONE);
    Map<String, Recipient> byAddress = new LinkedHashMap<>();
    for (Contact contact : holder.get().contacts().stream().limit(MOST_CONTACTS).toList()) {
      String address = open(contact, holder.get().customerId());
      if (address != null) {
        byAddress.putIfAbsent(
            MailAddress.canonical(address),
            new Recipient(
                address,
                name(contact, holder.get().customerId()),
                false,
                Language.firstOf(contact.language(), language),
                zone,
                Reason.ADDRESSED));
      }
    }
    return List.copyOf(byAddress.values());
  }

  private <T> Optional<T> field(
      String customerId, Instant now, Function<Policy, @Nullable T> field) {
    return book.field(customerId, now, field);
  }

  private @Nullable String open(@Nullable Contact contact, String holder) {
    if (contact == null || contact.email() == null) {
      return null;
    }
    try {
      return sealing
          .open(contact.email(), SealedField.CONTACT, new MessageIdentity(holder, ""))
          .strip();
    } catch (UnsealException e) {
      LOG.error("A contact of {} cannot be opened and is not mailed: {}", holder, e.getMessage());
      return null;
    }
  }

  /** Older versions of a policy hold the name in plain; a mail goes out without one too. */
  private @Nullable String name(Contact contact, String holder) {
    String name = contact.name();
    if (name == null || !Sealing.isEnvelope(name)) {
      return name;
    }
    try {
      return sealing.open(name, SealedField.CONTACT, new MessageIdentity(holder, ""));
    } catch (UnsealException e) {
      LOG.error("The name of a contact of {} cannot be opened: {}", holder, e.getMessage());
      return null;
    }
  }

  private static ZoneId zone(String name) {
    try {
      return ZoneId.of(name);
    } catch (DateTimeException e) {
      return FALLBACK_ZONE;
    }
  }
}
