package no.front.vakt.rules.rule;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import no.front.vakt.contract.Finding;
import no.front.vakt.contract.Wording;

/**
 * A kind of rule as the catalogue knows it: its wire name, how its parameters are read, how its
 * findings are put in words. Each kind holds one as {@code KIND}; the catalogue is {@link Rule}'s
 * permits clause.
 */
public final class RuleKind {
  private final String wireName;
  private final BiFunction<RuleHead, Parameters, Rule> reader;
  private final Function<Finding, Wording> words;

  RuleKind(
      String wireName,
      BiFunction<RuleHead, Parameters, Rule> reader,
      Function<Finding, Wording> words) {
    this.wireName = wireName;
    this.reader = reader;
    this.words = words;
  }

  // A class of its own: read when first asked for, when every kind is there.
  private static final class Catalogue {
    private static final Map<String, RuleKind> KINDS = new TreeMap<>();

    static {
      for (Class<?> kind : Rule.class.getPermittedSubclasses()) {
        RuleKind descriptor = descriptor(kind);
        KINDS.put(descriptor.wireName, descriptor);
      }
    }
  }

  private static RuleKind descriptor(Class<?> kind) {
    try {
      return (RuleKind) kind.getDeclaredField("KIND").get(null);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(kind + " has no static field KIND", e);
    }
  }

  /** All kinds by wire name. */
  public static Map<String, RuleKind> catalogue() {
    return Map.copyOf(Catalogue.KINDS);
  }

  /** The kind of that wire name. */
  public static Optional<RuleKind> find(String wireName) {
    return Optional.ofNullable(Catalogue.KINDS.get(wireName));
  }

  /** Name in policies and findings. */
  public String wireName() {
    return wireName;
  }

  /** Reads a rule of this kind; notes problems in the parameters. */
  public Rule read(RuleHead head, Parameters parameters) {
    return reader.apply(head, parameters);
  }

  /** The sentence of a finding of this kind. */
  public Wording explain(Finding finding) {
    return words.apply(finding);
  }
}
