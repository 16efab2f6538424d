package no.front.vakt.standalone.crash;

import java.util.List;
import java.util.Map;
import no.front.vakt.contract.MessageIdentity;

/** One thing that must hold after any number of crashes; each check stands by itself. */
interface Check {
  /** What must hold, as a sentence. */
  String claim();

  /** Looks for everything against it. */
  Result examine(Evidence evidence);

  /**
   * What the checks judge by.
   *
   * @param told what the gateway was told
   * @param logs what stands on the topics
   * @param effective the verdict that counts, by identity
   */
  record Evidence(
      Map<MessageIdentity, Told> told, Logs logs, Map<MessageIdentity, Logs.Judged> effective) {
    static Evidence of(Map<MessageIdentity, Told> told, Logs logs) {
      return new Evidence(told, logs, logs.effective());
    }
  }

  /** What came of a check. */
  enum Status {
    PASS,
    FAIL,
    /** Its topic is empty though something should be on it: nobody writes it yet. */
    NOT_RUNNING
  }

  /**
   * The result of a check.
   *
   * @param examined how many things it looked at
   * @param violations what is against it, each with the identity it is about
   * @param note figures worth telling; may be empty
   */
  record Result(String claim, Status status, long examined, List<String> violations, String note) {
    public Result {
      violations = List.copyOf(violations);
    }

    static Result of(String claim, long examined, List<String> violations, String note) {
      return new Result(
          claim, violations.isEmpty() ? Status.PASS : Status.FAIL, examined, violations, note);
    }

    static Result notRunning(String claim, String topic) {
      return new Result(claim, Status.NOT_RUNNING, 0, List.of(), "nothing is on " + topic);
    }
  }

  /** A violation about one message. */
  static String about(MessageIdentity identity, String what) {
    return identity.customerId() + "/" + identity.messageId() + ": " + what;
  }
}
