package no.front.vakt.contract;

import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong with an input so that all of it can be told at once. */
public final class Problems {
  private final List<FieldProblem> found = new ArrayList<>();

  /** Notes a problem when the claim does not hold. */
  public void require(boolean claim, String field, String reason) {
    if (!claim) {
      add(field, reason);
    }
  }

  /** Notes a problem. */
  public void add(String field, String reason) {
    found.add(new FieldProblem(field, reason));
  }

  /** Takes over all problems of a part, their paths put below {@code path}. */
  public void addAll(String path, List<FieldProblem> problems) {
    for (FieldProblem problem : problems) {
      add(problem.field().isEmpty() ? path : path + "." + problem.field(), problem.reason());
    }
  }

  /** What was found so far. */
  public List<FieldProblem> list() {
    return List.copyOf(found);
  }

  /** Whether nothing was found so far. */
  public boolean isEmpty() {
    return found.isEmpty();
  }

  /** Throws when anything was found. */
  public void throwIfAny() {
    if (!found.isEmpty()) {
      throw new InvalidRecordException(found);
    }
  }
}
