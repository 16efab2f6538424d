package no.front.vakt.controlapi.rulebook;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import no.front.vakt.contract.Policy;
import no.front.vakt.contract.WireJson;
import org.junit.jupiter.api.Test;

class PolicyDiffTest {
  private static final String LIMIT =
      "{'id':'limit','kind':'volume-limit','action':'HOLD','limit':%d%s}";
  private static final String LINKS =
      "{'id':'links','kind':'url-whitelist','action':'HOLD','allowed':[]}";

  private static Policy policy(String fields) {
    return WireJson.read(
        ("{'customerId':'customer'," + fields + "}").replace('\'', '"'), Policy.class);
  }

  private static List<String> diff(String from, String to) {
    return PolicyDiff.between(policy(from), policy(to)).stream()
        .map(d -> d.path() + " " + d.from() + " > " + d.to())
        .toList();
  }

  @Test
  void matchesRulesByTheirIdsAndNotByTheirPlaces() {
    assertThat(
            diff(
                "'rules':[" + LIMIT.formatted(1, "") + "," + LINKS + "]",
                "'rules':[" + LINKS + "," + LIMIT.formatted(2, "") + "]"))
        .containsExactly("rules[limit].limit 1 > 2");
  }

  @Test
  void keepsALiveRuleAndItsShadowApart() {
    assertThat(
            diff(
                "'rules':[" + LIMIT.formatted(1, "") + "]",
                "'rules':["
                    + LIMIT.formatted(1, "")
                    + ","
                    + LIMIT.formatted(2, ",'state':'shadow'")
                    + "]"))
        .singleElement()
        .asString()
        .startsWith("rules[limit:shadow] null > {");
  }

  @Test
  void tellsThatAPasswordDiffersAndNothingOfIt() {
    assertThat(diff("'access':{'passwordHash':'$2a$one'}", "'access':{'passwordHash':'$2a$two'}"))
        .containsExactly("access.passwordHash \"set\" > \"set anew\"");
    assertThat(diff("'access':{'passwordHash':'$2a$one'}", "'access':{'passwordHash':'$2a$one'}"))
        .isEmpty();
  }
}
