package no.front.vakt.rules.signal;

/**
 * One family of counters of a customer: what messages are counted by. Windows, units and limits
 * belong to the rules that ask; rules with an equal counter share it, whatever their windows.
 *
 * @param per what messages are counted by
 * @param prefixDigits for {@link Per#PREFIX} how many digits after the plus make a prefix, 1 to 15;
 *     0 for all others
 */
public record Counter(Per per, int prefixDigits) {
  /** Refuses digits where they mean nothing. */
  public Counter {
    if (per == Per.PREFIX ? prefixDigits < 1 || prefixDigits > 15 : prefixDigits != 0) {
      throw new IllegalArgumentException("prefixDigits " + prefixDigits + " for " + per);
    }
  }

  /** A counter that needs no digits. */
  public static Counter per(Per per) {
    return new Counter(per, 0);
  }

  /** Number of its table in state; released numbers never change. */
  int number() {
    return per.number() * Directory.FIRST_COUNTER + prefixDigits;
  }
}
