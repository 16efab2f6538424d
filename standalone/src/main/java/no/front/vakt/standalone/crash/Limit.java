package no.front.vakt.standalone.crash;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import no.front.vakt.contract.RuleSpec;
import no.front.vakt.contract.RuleState;
import no.front.vakt.contract.SenderId;
import no.front.vakt.rules.message.NumberFacts;

/**
 * A volume limit as the verifier reads it from a policy, by code of its own: what the judge makes
 * of the same words is what is to be checked.
 */
record Limit(String ruleId, boolean shadow, long limit, long windowMillis, String per) {

  /** The limit in a rule, when it is one that can be recomputed from whole messages. */
  static Optional<Limit> find(RuleSpec rule) {
    JsonNode unit = rule.parameter("unit");
    JsonNode limit = rule.parameter("limit");
    JsonNode window = rule.parameter("windowSeconds");
    JsonNode per = rule.parameter("per");
    boolean isOurs =
        rule.kind().equals("volume-limit")
            && rule.state() != RuleState.RETIRED
            && rule.share() == 100
            && (unit == null || unit.asText().equals("message"))
            && limit != null
            && window != null
            && per != null
            && isKnown(per.asText());
    return isOurs
        ? Optional.of(
            new Limit(
                rule.id(),
                rule.state() == RuleState.SHADOW,
                limit.asLong(),
                window.asLong() * 1_000,
                per.asText()))
        : Optional.empty();
  }

  private static boolean isKnown(String per) {
    return switch (per) {
      case "customer", "sender", "recipient", "country" -> true;
      default -> false;
    };
  }

  /** What a message is counted under. */
  String key(Logs.Judged judged) {
    return switch (per) {
      case "sender" -> "sender " + SenderId.folded(judged.senderId());
      case "recipient" -> "recipient " + judged.recipient();
      case "country" -> "country " + NumberFacts.of(judged.recipient()).country();
      default -> "customer";
    };
  }
}
