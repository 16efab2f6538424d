package no.front.vakt.controlapi.rulebook;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import no.front.vakt.contract.FieldProblem;
import no.front.vakt.contract.InvalidRecordException;
import no.front.vakt.contract.Policy;
import org.jspecify.annotations.Nullable;

/** A policy as a person wrote it, for a version; becomes a draft once all of it is right. */
final class WrittenPolicy {
  private final ObjectNode tree;
  private final Precondition precondition;
  private final PolicyReader.Read read;

  /** Reads it; throws {@link InvalidRecordException} when so little reads that no more is known. */
  WrittenPolicy(ObjectNode tree, String customerId, Precondition precondition) {
    this.tree = tree;
    this.precondition = precondition;
    this.read = PolicyReader.read(tree, customerId);
  }

  /**
   * Checks it against what stands; throws {@link InvalidRecordException} with every problem.
   *
   * @param soonest what is asked to judge from later than this is asked for on purpose
   */
  RuleBook.Draft draft(Optional<StoredVersion> newest, Policy inherited, Instant soonest) {
    List<FieldProblem> problems = new ArrayList<>(read.problems());
    Policy stored = newest.map(StoredVersion::policy).orElse(null);
    Policy policy = withStoredPassword(stored, problems);
    checkVersion(newest, problems);
    Instant from = from(newest, soonest, problems);
    // A part that did not read is gone, and complaints about its absence would mislead.
    PublishableCheck.problems(policy, inherited).stream()
        .filter(problem -> read.problems().stream().noneMatch(told -> isAbout(told, problem)))
        .forEach(problems::add);
    if (!problems.isEmpty()) {
      throw new InvalidRecordException(problems);
    }
    return new RuleBook.Draft(policy, null, from);
  }

  private static boolean isAbout(FieldProblem told, FieldProblem other) {
    return told.field().equals(other.field())
        || told.field().startsWith(other.field() + ".")
        || told.field().startsWith(other.field() + "[");
  }

  private Policy withStoredPassword(@Nullable Policy stored, List<FieldProblem> problems) {
    Policy policy = read.policy();
    if (!PasswordMark.isIn(policy)) {
      return policy;
    }
    if (stored == null || PasswordMark.hash(stored) == null) {
      problems.add(
          new FieldProblem(
              "access.passwordHash", "is the mark of a stored hash, and none is stored"));
      return PasswordMark.resolved(policy, Policy.removal(policy.customerId(), 0, null));
    }
    return PasswordMark.resolved(policy, stored);
  }

  private void checkVersion(Optional<StoredVersion> newest, List<FieldProblem> problems) {
    long version = read.policy().version();
    Long wanted = precondition.version();
    if (tree.hasNonNull("version")
        && (wanted == null || version != wanted)
        && newest.map(StoredVersion::version).filter(v -> v == version).isEmpty()) {
      problems.add(
          new FieldProblem("version", "is not the version this change is for; leave it out"));
    }
    if (read.policy().removed()) {
      problems.add(new FieldProblem("removed", "is not written here: use DELETE"));
    }
  }

  private @Nullable Instant from(
      Optional<StoredVersion> newest, Instant soonest, List<FieldProblem> problems) {
    Instant asked = read.policy().effectiveFrom();
    if (asked != null && asked.isAfter(soonest)) {
      return asked;
    }
    boolean isAsItStands =
        asked != null && newest.map(StoredVersion::effectiveFrom).filter(asked::equals).isPresent();
    if (asked != null && !isAsItStands) {
      problems.add(
          new FieldProblem("effectiveFrom", "is past or too near; leave it out for at once"));
    }
    return null;
  }
}
