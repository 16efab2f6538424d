package no.front.vakt.controlapi.http;

/** A request that ends in a {@link Problem}; thrown while it is still being read. */
public final class ProblemException extends RuntimeException {
  private final transient Problem problem;

  /** Carries a problem; has no stack trace, since it tells of the caller and not of us. */
  public ProblemException(Problem problem) {
    super(problem.code().code(), null, false, false);
    this.problem = problem;
  }

  /** A problem that its code says all of. */
  public ProblemException(ErrorCode code) {
    this(Problem.of(code));
  }

  /** What to answer. */
  public Problem problem() {
    return problem;
  }
}
