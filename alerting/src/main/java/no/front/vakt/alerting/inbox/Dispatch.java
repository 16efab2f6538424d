package no.front.vakt.alerting.inbox;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import no.front.vakt.alerting.mail.Mail;
import no.front.vakt.alerting.mail.Mail.Place;
import no.front.vakt.alerting.mail.News;
import no.front.vakt.alerting.recipient.MailAddress;
import no.front.vakt.alerting.recipient.Recipient;
import no.front.vakt.alerting.recipient.Recipients;
import no.front.vakt.contract.AccessAttempt;
import no.front.vakt.contract.Alert;
import no.front.vakt.contract.KeyedHash;
import no.front.vakt.contract.MessageIdentity;
import no.front.vakt.contract.SealedField;
import no.front.vakt.contract.Sealing;
import no.front.vakt.contract.UnsealException;
import org.jspecify.annotations.Nullable;

/**
 * One alert, many mails: to each recipient its own, those left out that are settled already. When a
 * contact is refused for good, staff are told, once a day for each address; a notice that is
 * refused itself is told to nobody but the log.
 */
final class Dispatch implements Mail.Settled {
  private static final String ADDRESS_PURPOSE = "mail-address";
  private static final String REFUSED_PURPOSE = "contact-refused";
  private static final int ID_BYTES = 16;

  private final Recipients recipients;
  private final MailReceipts receipts;
  private final OpenAlerts open;
  private final Sealing sealing;
  private final KeyedHash hashing;
  private final Consumer<Mail> outbox;

  Dispatch(
      Recipients recipients,
      MailReceipts receipts,
      OpenAlerts open,
      Sealing sealing,
      KeyedHash hashing,
      Consumer<Mail> outbox) {
    this.recipients = recipients;
    this.receipts = receipts;
    this.open = open;
    this.sealing = sealing;
    this.hashing = hashing;
    this.outbox = outbox;
  }

  /**
   * Queues what is left to mail of an alert.
   *
   * @throws no.front.vakt.contract.MissingKeyException before anything is queued
   */
  void dispatch(Alert alert, Place place) {
    News news = news(alert);
    List<Mail> mails = new ArrayList<>();
    for (Recipient recipient : recipients.of(alert)) {
      Mail mail = mail(alert.alertId(), news, recipient, place);
      if (!receipts.isSettled(mail.key())) {
        mails.add(mail);
      } else {
        receipts.findProblem(mail.key()).ifPresent(problem -> mails.addAll(notices(mail, problem)));
      }
    }
    open.opened(place, mails.size());
    mails.forEach(outbox);
  }

  @Override
  public void settled(Mail mail, @Nullable String problem) {
    if (problem != null) {
      List<Mail> notices = notices(mail, problem);
      open.grown(mail.place(), notices.size());
      notices.forEach(outbox);
    }
    open.settled(mail.place());
  }

  private List<Mail> notices(Mail refused, String problem) {
    if (refused.recipient().isStaff()) {
      return List.of();
    }
    News news =
        refused
            .news()
            .refused(new News.Refusal(Recipient.mask(refused.recipient().address()), problem));
    String id = noticeId(refused);
    return recipients.staff(Recipient.Reason.CONTACT_REFUSED).stream()
        .map(staff -> mail(id, news, staff, refused.place()))
        .filter(mail -> !receipts.isSettled(mail.key()))
        .toList();
  }

  private Mail mail(String id, News news, Recipient recipient, Place place) {
    String customerId = news.alert().customerId();
    return new Mail(
        key(id, recipient.address()), customerId == null ? "" : customerId, news, recipient, place);
  }

  /** A rotated key hashes otherwise; what was settled under an older one stays settled. */
  private Mail.Key key(String id, String address) {
    return hashing.all(ADDRESS_PURPOSE, MailAddress.canonical(address)).stream()
        .map(hash -> new Mail.Key(id, hash))
        .filter(receipts::isSettled)
        .findFirst()
        .orElseGet(
            () -> new Mail.Key(id, hashing.of(ADDRESS_PURPOSE, MailAddress.canonical(address))));
  }

  private static String noticeId(Mail refused) {
    LocalDate day = LocalDate.ofInstant(refused.news().alert().raisedAt(), ZoneOffset.UTC);
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest(
                  (REFUSED_PURPOSE + '\0' + refused.key().recipientHash() + '\0' + day)
                      .getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, ID_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }

  private News news(Alert alert) {
    String customerId = alert.customerId();
    return new News(
        alert,
        customerId == null ? "" : recipients.nameOf(customerId),
        alert.refusedCalls().stream().map(this::address).toList(),
        null);
  }

  private String address(AccessAttempt call) {
    if (call.originIp() == null) {
      return "";
    }
    try {
      return sealing.open(
          call.originIp(),
          SealedField.ORIGIN_IP,
          new MessageIdentity(call.customerId(), call.attemptId()));
    } catch (UnsealException e) {
      // The news is worth more than the address.
      return "";
    }
  }
}
