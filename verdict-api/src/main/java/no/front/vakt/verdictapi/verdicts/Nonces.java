package no.front.vakt.verdictapi.verdicts;

import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The numbers of the records the door appends. They start anywhere, so that those of a door that
 * was restarted are not those of before, and count up. Thread-safe.
 */
final class Nonces {
  /** Every JSON reader holds a number below this exactly; RFC 8259, section 6. */
  static final long LIMIT = 1L << 53;

  private final AtomicLong next;

  Nonces() {
    this(new SecureRandom().nextLong(1, LIMIT));
  }

  Nonces(long first) {
    next = new AtomicLong(first);
  }

  /** A number from 1 to 2^53 - 1. */
  long next() {
    return next.getAndUpdate(last -> last + 1 < LIMIT ? last + 1 : 1);
  }
}
