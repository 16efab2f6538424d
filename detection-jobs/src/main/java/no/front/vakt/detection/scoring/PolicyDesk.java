package no.front.vakt.detection.scoring;

import com.fasterxml.jackson.core.type.TypeReference;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import no.front.vakt.contract.FieldProblem;
import no.front.vakt.contract.InvalidRecordException;
import no.front.vakt.contract.Policy;
import no.front.vakt.contract.WireJson;
import no.front.vakt.detection.job.RawRecord;
import no.front.vakt.rules.policy.CustomerPolicy;
import no.front.vakt.rules.policy.PolicyBook;

/**
 * One subtask's policies: reads records as they come, refuses bad ones, and gives each customer's
 * versions back as the one JSON string that broadcast state holds.
 */
final class PolicyDesk {
  private static final TypeReference<List<Policy>> VERSIONS = new TypeReference<>() {};

  private final PolicyBook book;

  PolicyDesk(boolean inheritsShipped, boolean knowsAllPolicies) {
    book = inheritsShipped ? PolicyBook.withShippedDefault() : PolicyBook.withoutDefault();
    if (knowsAllPolicies) {
      book.countingAhead();
    }
  }

  /**
   * Reads a record and takes it unless a newer version is known.
   *
   * @return what the judge needs of it
   * @throws InvalidRecordException when it is no policy; the last good one stays
   */
  Policy apply(RawRecord raw) {
    try {
      return read(raw);
    } catch (InvalidRecordException e) {
      throw e;
    } catch (RuntimeException e) {
      // Whatever a checker did not foresee: one record never stops the job.
      throw new InvalidRecordException("", "cannot be understood: " + e.getClass().getSimpleName());
    }
  }

  private Policy read(RawRecord raw) {
    if (raw.value.length > Policy.MAX_BYTES) {
      throw new InvalidRecordException("", "is larger than " + Policy.MAX_BYTES + " bytes");
    }
    Policy policy = WireJson.read(raw.value, Policy.class);
    if (!policy.customerId().equals(raw.key)) {
      throw new InvalidRecordException("customerId", "is not the key of the record");
    }
    List<FieldProblem> problems = PolicyBook.problems(policy);
    if (!problems.isEmpty()) {
      throw new InvalidRecordException(problems);
    }
    Policy judging = policy.forJudging();
    if (raw.logMillis > 0) {
      judging = judging.asLogged(Instant.ofEpochMilli(raw.logMillis));
    }
    // State will hold it as JSON: what cannot be written again is refused before it stands.
    WireJson.bytes(judging);
    book.receive(judging);
    return judging;
  }

  /** The newest version known of a customer's policy. */
  Optional<Policy> newest(String customerId) {
    List<Policy> versions = book.versions(customerId);
    return versions.isEmpty() ? Optional.empty() : Optional.of(versions.get(versions.size() - 1));
  }

  /** Takes the versions that broadcast state held. */
  void restore(String versions) {
    read(versions).forEach(book::restore);
  }

  /**
   * The versions of a customer that broadcast state is to hold, given what it holds.
   *
   * @param held what it holds, or null
   * @param added a version newer than those held
   * @param horizon before this instant no message will be judged any more
   */
  static String held(String held, Policy added, Instant horizon) {
    PolicyBook versions = PolicyBook.withoutDefault();
    if (held != null) {
      read(held).forEach(versions::restore);
    }
    versions.restore(added);
    versions.forgetSupersededBefore(added.customerId(), horizon);
    return WireJson.text(versions.versions(added.customerId()));
  }

  void forgetSupersededBefore(String customerId, Instant horizon) {
    book.forgetSupersededBefore(customerId, horizon);
  }

  void putAside(String customerId) {
    book.putAside(customerId);
  }

  int held() {
    return book.held();
  }

  CustomerPolicy inForce(String customerId, Instant at) {
    return book.inForce(customerId, at);
  }

  static String reasons(InvalidRecordException e) {
    return e.problems().stream().map(FieldProblem::toString).collect(Collectors.joining("; "));
  }

  private static List<Policy> read(String versions) {
    try {
      return WireJson.mapper().readValue(versions, VERSIONS);
    } catch (IOException e) {
      throw new IllegalStateException("Policies in state cannot be read", e);
    }
  }
}
