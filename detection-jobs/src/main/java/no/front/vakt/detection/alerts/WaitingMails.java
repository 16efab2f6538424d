package no.front.vakt.detection.alerts;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import no.front.vakt.contract.AlertType;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.streaming.api.TimerService;
import org.jspecify.annotations.Nullable;

/** The mails that wait for staff, and the episodes whose mails were discarded, in keyed state. */
final class WaitingMails {
  /** An episode speaks at least once a day; two silent days and it is forgotten. */
  static final long SILENT_MILLIS = 48 * 3_600_000L;

  private final MapState<String, WaitingMail> mails;

  WaitingMails(MapState<String, WaitingMail> mails) {
    this.mails = mails;
  }

  /** What is known of an episode; null: nothing. */
  @Nullable WaitingMail find(String episode) throws Exception {
    return mails.get(episode);
  }

  void put(String episode, WaitingMail mail) throws Exception {
    mails.put(episode, mail);
  }

  void remove(String episode) throws Exception {
    mails.remove(episode);
  }

  /** Those that wait for a burst, in the order they came. */
  List<Map.Entry<String, WaitingMail>> of(Burst burst) throws Exception {
    List<Map.Entry<String, WaitingMail>> waiting = new ArrayList<>();
    for (Map.Entry<String, WaitingMail> entry : mails.entries()) {
      if (entry.getValue().burst.equals(burst.id) && !entry.getValue().discarded) {
        waiting.add(Map.entry(entry.getKey(), entry.getValue()));
      }
    }
    waiting.sort(Comparator.comparingLong(entry -> entry.getValue().number));
    return waiting;
  }

  /** Discards a mail; whatever follows of its episode is discarded too. */
  void discard(BurstBook book, String episode, WaitingMail mail, TimerService timers)
      throws Exception {
    if (mail.newestType == AlertType.ALL_CLEAR) {
      mails.remove(episode);
    } else {
      discard(book, mail, timers);
      mails.put(episode, mail);
    }
  }

  /** Makes of a mail one that was discarded. */
  static void discard(BurstBook book, WaitingMail mail, TimerService timers) {
    mail.discarded = true;
    mail.first = new byte[0];
    mail.newest = new byte[0];
    mail.forgetMillis = silentFrom(timers);
    book.forgetAtMillis =
        book.forgetAtMillis == 0
            ? mail.forgetMillis
            : Math.min(book.forgetAtMillis, mail.forgetMillis);
  }

  /** When a discarded episode that stays silent is forgotten; sets the timer. */
  static long silentFrom(TimerService timers) {
    long millis = timers.currentProcessingTime() + SILENT_MILLIS;
    timers.registerProcessingTimeTimer(millis);
    return millis;
  }

  /** Forgets discarded episodes that have been silent. */
  void forgetDiscarded(BurstBook book, long timestamp) throws Exception {
    if (book.forgetAtMillis == 0 || timestamp < book.forgetAtMillis) {
      return;
    }
    List<String> silent = new ArrayList<>();
    book.forgetAtMillis = 0;
    for (Map.Entry<String, WaitingMail> entry : mails.entries()) {
      WaitingMail mail = entry.getValue();
      if (mail.discarded && mail.forgetMillis <= timestamp) {
        silent.add(entry.getKey());
      } else if (mail.discarded
          && (book.forgetAtMillis == 0 || mail.forgetMillis < book.forgetAtMillis)) {
        book.forgetAtMillis = mail.forgetMillis;
      }
    }
    for (String episode : silent) {
      mails.remove(episode);
    }
  }
}
