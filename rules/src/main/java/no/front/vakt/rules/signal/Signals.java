package no.front.vakt.rules.signal;

/** Measured facts of one customer's traffic, as rules ask for them. Reading changes nothing. */
public interface Signals {
  /**
   * The most that any window of the given length which contains the message would hold if the
   * message were counted too (design decision 8): messages exactly one window apart are never in
   * one window.
   *
   * @param counter family of counters
   * @param value the counted thing itself
   * @param atMillis event time of the message
   * @param windowMillis length of the window
   * @param unit messages or segments
   * @param segments segments of the message
   */
  Reading ifCounted(
      Counter counter, String value, long atMillis, long windowMillis, Unit unit, int segments);

  /**
   * What a counter says.
   *
   * @param peak the most in any window, this message included
   * @param overflow true: the customer has more live values than are counted apart, and this is the
   *     count of all that came later
   */
  record Reading(long peak, boolean overflow) {}
}
