package no.front.vakt.contract;

import java.util.List;
import java.util.stream.Collectors;

/** An input that is not the record it should be; tells every problem found, not just the first. */
public final class InvalidRecordException extends IllegalArgumentException {
  private final transient List<FieldProblem> problems;

  /** Takes at least one problem. */
  public InvalidRecordException(List<FieldProblem> problems) {
    super(problems.stream().map(FieldProblem::toString).collect(Collectors.joining("; ")));
    this.problems = List.copyOf(problems);
  }

  /** A single problem. */
  public InvalidRecordException(String field, String reason) {
    this(List.of(new FieldProblem(field, reason)));
  }

  /** All problems, in the order of the record's fields. */
  public List<FieldProblem> problems() {
    return problems;
  }
}
