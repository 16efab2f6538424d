package no.front.vakt.standalone.mail;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** The newest mails, in memory; an older one makes room for a newer one. */
public final class Mailbox {
  /** A week of a busy household's alerts, and at most 500 MB with the largest mails allowed. */
  static final int MOST_MAILS = 500;

  private final Deque<Mail> newestFirst = new ArrayDeque<>();
  private long lastNumber;

  synchronized void keep(Instant receivedAt, List<String> recipients, byte[] source) {
    newestFirst.addFirst(new Mail(++lastNumber, receivedAt, recipients, source));
    if (newestFirst.size() > MOST_MAILS) {
      newestFirst.removeLast();
    }
  }

  synchronized List<Mail> newestFirst() {
    return new ArrayList<>(newestFirst);
  }

  synchronized Optional<Mail> find(long number) {
    return newestFirst.stream().filter(mail -> mail.number() == number).findFirst();
  }

  /** How many mails are here. */
  public synchronized int size() {
    return newestFirst.size();
  }
}
