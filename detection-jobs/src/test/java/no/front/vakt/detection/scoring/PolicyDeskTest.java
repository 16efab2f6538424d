package no.front.vakt.detection.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import no.front.vakt.contract.Policy;
import no.front.vakt.contract.WireJson;
import no.front.vakt.rules.policy.RuleFault;
import org.junit.jupiter.api.Test;

class PolicyDeskTest {
  /** As an earlier release let it in: this one would refuse the limit. */
  private static final String HELD =
      """
      [{"customerId":"klubben","version":3,"rules":[
        {"id":"ceiling","kind":"volume-limit","per":"customer","limit":-1,"windowSeconds":60,\
      "action":"BLOCK"},
        {"id":"countries","kind":"country-policy","allowed":["NO"],"action":"BLOCK"}]}]""";

  @Test
  void aRestoreKeepsAPolicyTheDoorWouldRefuseNow() {
    PolicyDesk desk = new PolicyDesk(false, false);

    desk.restore(HELD);

    assertThat(desk.newest("klubben")).map(Policy::version).contains(3L);
    assertThat(desk.inForce("klubben", Instant.EPOCH).rules())
        .extracting(rule -> rule.head().id())
        .containsExactly("countries");
    assertThat(desk.inForce("klubben", Instant.EPOCH).faults())
        .extracting(RuleFault::ruleId)
        .containsExactly("ceiling");
  }

  @Test
  void aNewVersionDropsNoneOfThoseHeldBesideIt() throws Exception {
    Policy added =
        WireJson.read(
            "{\"customerId\":\"klubben\",\"version\":4,\"effectiveFrom\":\"2026-01-01T00:00:00Z\"}",
            Policy.class);

    String held = PolicyDesk.held(HELD, added, Instant.EPOCH);

    List<?> versions = WireJson.mapper().readValue(held, List.class);
    assertThat(versions).hasSize(2);
  }
}
