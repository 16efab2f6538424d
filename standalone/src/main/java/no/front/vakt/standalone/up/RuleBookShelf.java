package no.front.vakt.standalone.up;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import no.front.vakt.contract.Policy;
import no.front.vakt.controlapi.rulebook.RuleBook;
import no.front.vakt.standalone.policyfiles.PolicyShelf;

/** The rule book as the directory of policy files sees it. */
record RuleBookShelf(RuleBook book) implements PolicyShelf {
  @Override
  public Optional<Policy> newestBy(String customerId, String author) {
    return reached(() -> book.newestBy(customerId, author));
  }

  @Override
  public Set<String> customersOf(String author) {
    return reached(
        () ->
            book.authors().entrySet().stream()
                .filter(entry -> entry.getValue().equals(author))
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(TreeSet::new)));
  }

  @Override
  public long put(Policy policy, String author, String reason) {
    return reached(() -> book.put(policy, author, reason).version());
  }

  @Override
  public long remove(String customerId, String author, String reason) {
    return reached(() -> book.remove(customerId, author, reason).version());
  }

  private static <T> T reached(Supplier<T> question) {
    try {
      return question.get();
    } catch (RuleBook.UnavailableException e) {
      throw new Away(e);
    }
  }
}
