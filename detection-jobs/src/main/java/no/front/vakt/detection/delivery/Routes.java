package no.front.vakt.detection.delivery;

import java.io.Serializable;
import java.util.Map;
import java.util.TreeMap;
import no.front.vakt.contract.InvalidRecordException;
import no.front.vakt.contract.Msisdn;
import no.front.vakt.contract.Problems;

/** Which operator serves which numbers: the longest prefix decides, {@code *} is the rest. */
public final class Routes implements Serializable {
  private static final String REST = "*";
  private static final String SETTING = "routes";

  /** Operators are keys of records and names in metrics. */
  private static final String OPERATOR = "[a-z0-9][a-z0-9-]{0,39}";

  private final TreeMap<String, String> operators;
  private final String rest;

  private Routes(Map<String, String> operators, String rest) {
    this.operators = new TreeMap<>(operators);
    this.rest = rest;
  }

  /**
   * Reads {@code +47=op-no,+46=op-se,*=op-world}.
   *
   * @throws InvalidRecordException with all that is wrong with it
   */
  public static Routes parse(String text) {
    Problems problems = new Problems();
    Map<String, String> found = new TreeMap<>();
    for (String entry : text.split(",", -1)) {
      read(entry.strip(), found, problems);
    }
    String rest = found.remove(REST);
    problems.require(rest != null, SETTING, "has no route for the rest, as in *=op-world");
    problems.throwIfAny();
    return new Routes(found, rest);
  }

  private static void read(String entry, Map<String, String> found, Problems problems) {
    int sign = entry.indexOf('=');
    if (sign < 0) {
      problems.add(SETTING, "'" + entry + "' is not prefix=operator, as in +47=op-no");
      return;
    }
    String prefix = entry.substring(0, sign).strip();
    String operator = entry.substring(sign + 1).strip();
    if (!prefix.equals(REST)
        && !prefix.matches("\\+[1-9][0-9]{0," + (Msisdn.MAX_DIGITS - 1) + "}")) {
      problems.add(SETTING, "'" + prefix + "' is no prefix: + and 1 to 15 digits, or *");
    } else if (!operator.matches(OPERATOR)) {
      problems.add(
          SETTING, "'" + operator + "' is no operator: 1 to 40 of a-z, 0-9 and - after the first");
    } else if (found.putIfAbsent(prefix, operator) != null) {
      problems.add(SETTING, "'" + prefix + "' stands there twice");
    }
  }

  /** The operator of a number. */
  public String operatorOf(String e164) {
    for (int length = e164.length(); length > 1; length--) {
      String operator = operators.get(e164.substring(0, length));
      if (operator != null) {
        return operator;
      }
    }
    return rest;
  }

  /** As it is written in settings. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    operators.forEach((prefix, operator) -> text.append(prefix + "=" + operator + ","));
    return text + REST + "=" + rest;
  }
}
