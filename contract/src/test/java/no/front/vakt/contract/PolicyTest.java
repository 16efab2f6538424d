package no.front.vakt.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class PolicyTest {
  private static final Instant LATER = Instant.parse("2026-05-01T10:00:00Z");
  private static final String FULL =
      """
      {"customerId":"klubben","name":"Klubben","version":3,"effectiveFrom":"2026-04-01T10:00:00Z",
       "rules":[{"id":"a","kind":"country-policy","allowed":["NO"],"action":"BLOCK"}],
       "access":{"passwordHash":"$2b$10$x","networks":["192.0.2.0/24"]},
       "contacts":[{"email":"kari@club.example"}],"language":"nb","timeZone":"Europe/Oslo",
       "homeCountries":["NO"],"holidayCalendar":"NO","critical":true,"frozen":{"reason":"r"},
       "retention":{"days":3},"exceptions":[{"rule":"a","what":"SE"}]}""";

  private static final Policy POLICY = WireJson.read(FULL, Policy.class);

  private static String without(String... fields) throws Exception {
    ObjectNode tree = tree(POLICY);
    tree.remove(List.of(fields));
    return tree.toString();
  }

  private static ObjectNode tree(Policy policy) throws Exception {
    return (ObjectNode) WireJson.mapper().readTree(WireJson.text(policy));
  }

  @Test
  void judgingNeedsNeitherPasswordsNorPeople() throws Exception {
    assertThat(tree(POLICY.forJudging()))
        .hasToString(without("name", "access", "contacts", "retention"));
  }

  @Test
  void publishingChangesOnlyVersionAndTime() throws Exception {
    Policy published = POLICY.published(4, LATER);

    assertThat(published.version()).isEqualTo(4);
    assertThat(published.effectiveFrom()).isEqualTo(LATER);
    assertThat(published.published(3, POLICY.effectiveFrom())).isEqualTo(POLICY);
  }

  @Test
  void otherContactsChangeNothingElse() throws Exception {
    Policy nobody = POLICY.withContacts(null);

    assertThat(tree(nobody)).hasToString(without("contacts"));
    assertThat(nobody.withContacts(POLICY.contacts())).isEqualTo(POLICY);
  }

  @Test
  void aRemovalSaysOnlyWhoAndFromWhen() {
    assertThat(WireJson.text(Policy.removal("klubben", 5, LATER)))
        .isEqualTo(
            "{\"customerId\":\"klubben\",\"version\":5,"
                + "\"effectiveFrom\":\"2026-05-01T10:00:00.000Z\",\"removed\":true}");
  }

  @Test
  void oneThatTheLogTookLateJudgesFromThenOn() {
    Instant noon = Instant.parse("2026-03-02T12:00:00Z");
    Policy policy = Policy.removal("klubben", 3, noon);
    assertThat(policy.asLogged(noon.minusSeconds(1)).effectiveFrom()).isEqualTo(noon);
    assertThat(policy.asLogged(noon).effectiveFrom()).isEqualTo(noon);
    assertThat(policy.asLogged(noon.plusMillis(1)).effectiveFrom())
        .isEqualTo(noon.plusMillis(1).plusMillis(250));
    assertThat(policy.asLogged(noon.plus(Policy.LATE)).effectiveFrom()).isEqualTo(noon);
  }

  @Test
  void oneWithoutATimeHasAlwaysJudged() {
    Instant noon = Instant.parse("2026-03-02T12:00:00Z");
    assertThat(Policy.removal("klubben", 3, null).asLogged(noon).effectiveFrom()).isNull();
  }
}
