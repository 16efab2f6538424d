package no.front.vakt.standalone.crash;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import no.front.vakt.contract.MessageIdentity;
import no.front.vakt.contract.Verdict;

/** The gateway's own book: what it was told of every message it handed in. Thread-safe. */
final class Ledger {
  private final Map<MessageIdentity, Told> book = new ConcurrentHashMap<>();

  void handedIn(MessageIdentity identity) {
    change(identity, Told::triedAgain);
  }

  void accepted(MessageIdentity identity) {
    change(identity, Told::accepted);
  }

  void judged(MessageIdentity identity, Verdict verdict) {
    change(identity, told -> told.judged(verdict));
  }

  void refused(MessageIdentity identity, String why) {
    change(identity, told -> told.refused(why));
  }

  private void change(MessageIdentity identity, UnaryOperator<Told> change) {
    book.merge(identity, change.apply(Told.NOTHING), (known, ignored) -> change.apply(known));
  }

  /** The whole book as it stands. */
  Map<MessageIdentity, Told> all() {
    return Map.copyOf(book);
  }
}
