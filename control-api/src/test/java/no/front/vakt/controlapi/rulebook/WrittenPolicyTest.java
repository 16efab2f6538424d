package no.front.vakt.controlapi.rulebook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import no.front.vakt.contract.FieldProblem;
import no.front.vakt.contract.InvalidRecordException;
import no.front.vakt.contract.Policy;
import no.front.vakt.rules.policy.ShippedDefault;
import org.junit.jupiter.api.Test;

class WrittenPolicyTest {
  private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
  private static final List<String> ODD =
      List.of(
          "null",
          "1",
          "-1.5",
          "\"x\"",
          "\"\"",
          "true",
          "{}",
          "[]",
          "[null]",
          "[1]",
          "[\"\"]",
          "[[]]",
          "[{}]",
          "{\"a\":null}",
          "[{\"rule\":1}]",
          "[{\"email\":null}]",
          "[{\"id\":{}}]",
          "{\"networks\":[null]}",
          "{\"networks\":{}}",
          "{\"until\":\"never\"}",
          "1e400",
          "\"\\u0000\"",
          "99999999999999999999999");

  private static RuleBook.Draft draft(String json) {
    ObjectNode tree = PolicyReader.object(json.getBytes(StandardCharsets.UTF_8));
    return new WrittenPolicy(tree, "customer", new Precondition(0L))
        .draft(Optional.empty(), ShippedDefault.policy(), NOON);
  }

  private static List<String> fields(String json) {
    InvalidRecordException refused = (InvalidRecordException) catchThrowable(() -> draft(json));
    return refused.problems().stream().map(FieldProblem::field).toList();
  }

  @Test
  void takesOrRefusesWhateverSomebodyWritesAndNeverFails() {
    List<String> written = new ArrayList<>();
    for (String odd : ODD) {
      for (RecordComponent field : Policy.class.getRecordComponents()) {
        written.add("{\"%s\":%s}".formatted(field.getName(), odd));
      }
      for (String kind : List.of("url-whitelist", "country-policy", "volume-limit")) {
        for (String field :
            List.of(
                "id",
                "version",
                "state",
                "action",
                "share",
                "locked",
                "bounds",
                "allowed",
                "blocked",
                "limit",
                "windowSeconds",
                "per",
                "unit",
                "prefixDigits")) {
          written.add(
              "{\"rules\":[{\"id\":\"a\",\"kind\":\"%s\",\"%s\":%s}]}"
                  .formatted(kind, field.equals("id") ? "name" : field, odd));
        }
      }
    }

    for (String json : written) {
      Throwable thrown = catchThrowable(() -> draft(json));
      if (thrown != null) {
        assertThat(thrown).as(json).isInstanceOf(InvalidRecordException.class);
      }
    }
  }

  @Test
  void tellsOfEveryPartThatDoesNotReadAndGoesOnWithTheRest() {
    assertThat(
            fields(
                """
                {"critical": 1, "timeZone": "Mars/Olympus",
                 "rules": [{"id": "a", "kind": "volume-limit", "action": "PANIC"},
                           {"id": "b", "kind": "country-policy", "action": "HOLD", "alowed": []},
                           {"id": "c", "kind": "moon-phase", "action": "HOLD"}]}
                """))
        .containsExactly(
            "critical",
            "rules[0].action",
            "rules[1].alowed",
            "rules[2].kind",
            "timeZone",
            "rules[1].allowed");
  }

  @Test
  void takesTheCustomerFromThePathAndRefusesAnother() {
    assertThat(draft("{}").policy().customerId()).isEqualTo("customer");
    assertThat(fields("{\"customerId\":\"other\"}")).containsExactly("customerId");
    assertThat(fields("{\"removed\":true}")).containsExactly("removed");
  }

  @Test
  void saysWhereTheTextIsNoJson() {
    assertThatThrownBy(() -> draft("{\"a\":1,\n\"b\"}")).hasMessageContaining("line 2, column 4");
    assertThatThrownBy(() -> draft("[]")).hasMessageContaining("is not a JSON object");
    assertThatThrownBy(() -> draft("")).hasMessageContaining("is not a JSON object");
  }
}
