package no.front.vakt.alerting.mail;

import no.front.vakt.alerting.recipient.Recipient;
import org.jspecify.annotations.Nullable;

/**
 * One mail to one recipient that is to be sent once.
 *
 * @param key what it is known by: of two mails with one key only one is ever sent
 * @param lane whose turn it takes: the customer, so that no customer's many mails hold up another's
 * @param news what it tells
 * @param recipient whom
 * @param place where the alert it belongs to stands in the log
 */
public record Mail(Key key, String lane, News news, Recipient recipient, Place place) {

  /**
   * What a mail is known by.
   *
   * @param alertId the alert, or the id of a notice
   * @param recipientHash keyed hash of the address
   */
  public record Key(String alertId, String recipientHash) {}

  /**
   * Where an alert stands in the log.
   *
   * @param term counts how often this process was given partitions, so that what was begun before a
   *     partition went away is not taken for what was begun after it came back
   */
  public record Place(int partition, long offset, long term) {}

  /** Takes what becomes of mails; called on the mailer's threads. */
  public interface Settled {
    /**
     * A mail needs no more: the server has it, or refuses it for good, and a receipt of that is in
     * the log.
     *
     * @param problem why the server refuses it; absent when it has it
     */
    void settled(Mail mail, @Nullable String problem);
  }

  /** What remembers, across restarts, which mails are settled. */
  public interface Receipts {
    /** Whether a mail is settled. */
    boolean isSettled(Key key);

    /**
     * Notes that a mail is settled and returns when that is safely in the log.
     *
     * @throws InterruptedException when it gave up because all is closing
     */
    void note(Key key, @Nullable String problem) throws InterruptedException;
  }

  /** Names the alert, not the recipient. */
  @Override
  public String toString() {
    return "Mail[" + key.alertId() + "]";
  }
}
