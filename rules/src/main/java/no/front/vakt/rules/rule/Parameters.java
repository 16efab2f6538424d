package no.front.vakt.rules.rule;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import no.front.vakt.contract.Problems;
import no.front.vakt.contract.RuleSpec;

/** Reads a kind's own parameters and notes every problem with its field. */
public final class Parameters {
  private final RuleSpec spec;
  private final Problems problems;
  private final Set<String> asked = new HashSet<>();

  /** Parameters of one rule; problems are noted under the parameter's own name. */
  public Parameters(RuleSpec spec, Problems problems) {
    this.spec = spec;
    this.problems = problems;
  }

  /** Whether a parameter is given. */
  public boolean has(String name) {
    asked.add(name);
    JsonNode value = spec.parameter(name);
    return value != null && !value.isNull();
  }

  /** Parameters that are given and that nobody asked for so far. */
  List<String> unasked() {
    return spec.parameters().keySet().stream().filter(name -> !asked.contains(name)).toList();
  }

  /** A whole number that must be given. */
  public long required(String name, long least, long most) {
    if (!has(name)) {
      problems.add(name, "is missing");
      return least;
    }
    return optional(name, least, most, least);
  }

  /** A whole number that may be absent. */
  public long optional(String name, long least, long most, long otherwise) {
    if (!has(name)) {
      return otherwise;
    }
    JsonNode value = spec.parameter(name);
    boolean whole =
        value != null
            && (value.isIntegralNumber()
                || value.isNumber() && value.doubleValue() == Math.rint(value.doubleValue()));
    if (!whole
        || !value.canConvertToLong()
        || value.longValue() < least
        || value.longValue() > most) {
      problems.add(name, "must be a whole number from " + least + " to " + most);
      return otherwise;
    }
    return value.longValue();
  }

  /** One of some names; absent: the first of them, unless it must be given. */
  public int oneOf(String name, List<String> names, boolean mustBeGiven) {
    if (!has(name)) {
      problems.require(!mustBeGiven, name, "is missing; one of " + String.join(", ", names));
      return 0;
    }
    JsonNode value = spec.parameter(name);
    int index = value != null && value.isTextual() ? names.indexOf(value.textValue()) : -1;
    problems.require(index >= 0, name, "must be one of " + String.join(", ", names));
    return Math.max(0, index);
  }

  /** A list of texts that may be absent. */
  public Optional<List<String>> texts(String name) {
    if (!has(name)) {
      return Optional.empty();
    }
    JsonNode value = spec.parameter(name);
    if (value == null || !value.isArray()) {
      problems.add(name, "must be a list of texts");
      return Optional.of(List.of());
    }
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < value.size(); i++) {
      if (value.get(i).isTextual()) {
        texts.add(value.get(i).textValue());
      } else {
        problems.add(name + "[" + i + "]", "must be a text");
      }
    }
    return Optional.of(texts);
  }

  /** Notes a problem of a parameter. */
  public void problem(String name, String reason) {
    problems.add(name, reason);
  }
}
