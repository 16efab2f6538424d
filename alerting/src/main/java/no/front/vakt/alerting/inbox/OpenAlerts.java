package no.front.vakt.alerting.inbox;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import no.front.vakt.alerting.mail.Mail.Place;

/**
 * Which alerts are read and not yet mailed to everybody, and so how far each partition may be
 * committed: up to the oldest open one. Thread-safe.
 */
final class OpenAlerts {
  private static final class Partition {
    final TreeMap<Long, Integer> unsettled = new TreeMap<>();
    long next;
    long committed = -1;
  }

  private final Map<Integer, Partition> partitions = new HashMap<>();
  private long term;

  /** New partitions, or the same ones again: what was begun before no longer counts. */
  synchronized void assigned() {
    term++;
  }

  /** The place of an alert in this term. */
  synchronized Place place(int partition, long offset) {
    return new Place(partition, offset, term);
  }

  /** Reading of a partition begins at an offset, up to which all is settled. */
  synchronized void begun(int number, long next) {
    Partition partition = new Partition();
    partition.next = next;
    partition.committed = next;
    partitions.put(number, partition);
  }

  /** An alert was read and so many mails come of it; none closes it at once. */
  synchronized void opened(Place place, int mails) {
    Partition partition = partitions.computeIfAbsent(place.partition(), number -> new Partition());
    if (mails > 0) {
      partition.unsettled.put(place.offset(), mails);
    }
    partition.next = place.offset() + 1;
  }

  /** More mails come of an alert that is open. */
  synchronized void grown(Place place, int mails) {
    Partition partition = partitions.get(place.partition());
    if (place.term() == term && partition != null) {
      partition.unsettled.merge(place.offset(), mails, Integer::sum);
    }
  }

  /** One of an alert's mails is settled. */
  synchronized void settled(Place place) {
    Partition partition = partitions.get(place.partition());
    if (place.term() == term && partition != null) {
      partition.unsettled.computeIfPresent(
          place.offset(), (offset, left) -> left == 1 ? null : left - 1);
    }
  }

  /** Alerts of a partition that are open. */
  synchronized int open(int partition) {
    Partition known = partitions.get(partition);
    return known == null ? 0 : known.unsettled.size();
  }

  /** Where reading goes on, of each partition that was read. */
  synchronized Map<Integer, Long> positions() {
    Map<Integer, Long> positions = new HashMap<>();
    partitions.forEach((number, partition) -> positions.put(number, partition.next));
    return positions;
  }

  /** How far each partition may be committed and is not yet. */
  synchronized Map<Integer, Long> committable() {
    Map<Integer, Long> committable = new HashMap<>();
    partitions.forEach(
        (number, partition) -> {
          long upTo = upTo(partition);
          if (upTo > partition.committed) {
            committable.put(number, upTo);
          }
        });
    return committable;
  }

  /** Was committed. */
  synchronized void committed(Map<Integer, Long> offsets) {
    offsets.forEach(
        (number, offset) -> {
          Partition partition = partitions.get(number);
          if (partition != null) {
            partition.committed = offset;
          }
        });
  }

  /** Partitions are no longer this process's. */
  synchronized void forget(Collection<Integer> gone) {
    partitions.keySet().removeAll(gone);
  }

  private static long upTo(Partition partition) {
    return partition.unsettled.isEmpty() ? partition.next : partition.unsettled.firstKey();
  }
}
