package no.front.vakt.rules.rule;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import no.front.vakt.contract.Action;
import no.front.vakt.contract.Finding;
import no.front.vakt.contract.Problems;
import no.front.vakt.contract.RuleSpec;
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

  /**
   * Read when first asked for and not with this class: a kind makes its {@code KIND} while it is
   * being initialised itself.
   */
  private static final class Catalogue {
    private static final Map<Class<?>, RuleKind> BY_CLASS = new HashMap<>();
    private static final Map<String, RuleKind> BY_NAME = new TreeMap<>();

    static {
      for (Class<?> kind : Rule.class.getPermittedSubclasses()) {
        RuleKind descriptor = descriptor(kind);
        BY_CLASS.put(kind, descriptor);
        BY_NAME.put(descriptor.wireName, descriptor);
      }
    }

    private static RuleKind descriptor(Class<?> kind) {
      try {
        return (RuleKind) kind.getDeclaredField("KIND").get(null);
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException(kind + " has no static field KIND", e);
      }
    }
  }

  /** All kinds by wire name. */
  public static Map<String, RuleKind> catalogue() {
    return Map.copyOf(Catalogue.BY_NAME);
  }

  /** The kind of that wire name. */
  public static Optional<RuleKind> find(String wireName) {
    return Optional.ofNullable(Catalogue.BY_NAME.get(wireName));
  }

  /** The kind of a rule. */
  public static RuleKind of(Rule rule) {
    return Objects.requireNonNull(Catalogue.BY_CLASS.get(rule.getClass()));
  }

  /** Name in policies and findings. */
  public String wireName() {
    return wireName;
  }

  /** Reads a rule of this kind; notes problems in the parameters. */
  public Rule read(RuleHead head, Parameters parameters) {
    return reader.apply(head, parameters);
  }

  /** Parameters of a rule of this kind that the kind does not know: most likely misspelt. */
  public List<String> unknownParameters(RuleSpec spec) {
    Parameters parameters = new Parameters(spec, new Problems());
    read(new RuleHead(spec.id(), spec.version(), Action.OBSERVE, true, 0), parameters);
    return parameters.unasked();
  }

  /** The sentence of a finding of this kind. */
  public Wording explain(Finding finding) {
    return words.apply(finding);
  }
}
