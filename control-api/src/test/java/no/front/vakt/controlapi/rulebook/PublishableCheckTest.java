package no.front.vakt.controlapi.rulebook;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import no.front.vakt.contract.FieldProblem;
import no.front.vakt.contract.Policy;
import no.front.vakt.contract.WireJson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PublishableCheckTest {
  private static final String BCRYPT = "N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy";

  private static List<String> fields(String own, String inherited) {
    return PublishableCheck.problems(policy("customer", own), policy(Policy.DEFAULT, inherited))
        .stream()
        .map(FieldProblem::field)
        .toList();
  }

  private static Policy policy(String customerId, String fields) {
    return WireJson.read(
        "{'customerId':'%s'%s%s}"
            .formatted(customerId, fields.isEmpty() ? "" : ",", fields)
            .replace('\'', '"'),
        Policy.class);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-24T00:00:00Z, 2026-11-25T00:00:00Z, true",
    "2026-11-25T00:00:00Z, 2026-11-25T00:00:00Z, false",
    "2026-11-26T00:00:00Z, 2026-11-25T00:00:00Z, false",
    "2026-11-26T00:00:00Z, , true",
    ", 2026-11-25T00:00:00Z, false"
  })
  void refusesAFreezeThatWouldEndAnInheritedOne(String own, String inherited, boolean refused) {
    assertThat(fields(frozen(own), frozen(inherited)))
        .isEqualTo(refused ? List.of("frozen.until") : List.of());
    assertThat(fields(frozen(own), "")).isEmpty();
  }

  private static String frozen(String until) {
    return until == null ? "'frozen':{}" : "'frozen':{'until':'%s'}".formatted(until);
  }

  @Test
  void refusesAnExceptionFromARuleThatIsLockedOrNowhere() {
    String inherited =
        "'rules':[{'id':'locked','kind':'country-policy','action':'BLOCK','blocked':[],"
            + "'locked':true},{'id':'open','kind':'url-whitelist','action':'HOLD','allowed':[]}]";

    assertThat(
            fields("'exceptions':[{'rule':'locked'},{'rule':'open'},{'rule':'gone'}]", inherited))
        .containsExactly("exceptions[0].rule", "exceptions[2].rule");
    assertThat(
            fields(
                "'exceptions':[{'rule':'open','what':'bit.ly'},{'rule':'open','what':'front.no'},"
                    + "{'rule':'open','what':'*'}]",
                inherited))
        .containsExactly("exceptions[0].what");
  }

  @ParameterizedTest
  @ValueSource(strings = {"$2a$10$", "$2b$04$", "$2y$14$"})
  void takesEveryBcryptThatTheDoorChecks(String prefix) {
    assertThat(fields(hash(prefix + BCRYPT), "")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"$2x$10$", "$2y$03$", "$2y$15$", "$2y$31$", "$2y$32$", "$1$", ""})
  void refusesWhatIsNoBcryptOrCostsMoreThanTheDoorChecks(String prefix) {
    assertThat(fields(hash(prefix + BCRYPT), "")).containsExactly("access.passwordHash");
  }

  private static String hash(String hash) {
    return "'access':{'passwordHash':'%s'}".formatted(hash);
  }

  @ParameterizedTest
  @ValueSource(strings = {"192.0.2.0/24", "192.0.2.7", "10.0.0.0/8", "2001:db8::/32", "2001::/16"})
  void takesNetworksOfBothFamilies(String network) {
    assertThat(fields("'access':{'networks':['%s']}".formatted(network), "")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0/0", "128.0.0.0/1", "10.0.0.0/7", "::/0", "2001::/15"})
  void refusesNetworksSoWideThatNobodyWouldBeAskedForAPassword(String network) {
    Policy policy =
        policy(
            "customer",
            "'access':{'networks':['%s'],'passwordHash':'$2y$10$%s'}".formatted(network, BCRYPT));

    assertThat(PublishableCheck.problems(policy, policy(Policy.DEFAULT, "")))
        .singleElement()
        .matches(problem -> problem.field().equals("access.networks[0]"))
        .matches(
            problem -> problem.reason().contains("leave networks out to ask for the password"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "192.0.2.0/33",
        "192.0.2.0/+8",
        "2001:db8::/129",
        "customer.example",
        "/8",
        "::ffff:192.0.2.0/24",
        "::ffff:192.0.2.0/120"
      })
  void refusesWhatIsNoNetwork(String network) {
    assertThat(fields("'access':{'networks':['%s']}".formatted(network), ""))
        .containsExactly("access.networks[0]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "kari",
        "kari@",
        "@customer.example",
        "kari@customer",
        "kari ola@customer.example",
        "kari@customer.example\\r\\nBcc: x@y.example",
        "a@b@customer.example",
        "<kari@customer.example>",
        "post@blåbær.example",
        "blåbær@customer.example"
      })
  void refusesWhatIsNoMailAddress(String email) {
    assertThat(fields("'contacts':[{'email':'%s'}]".formatted(email), ""))
        .containsExactly("contacts[0].email");
  }

  @Test
  void takesMailAddressesThatPeopleHave() {
    assertThat(
            fields(
                "'contacts':[{'email':'kari.o+sms@drift.customer.example'},"
                    + "{'email':'post@xn--blbr-roah.example'}]",
                ""))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{'heldSeconds':60}", "{'heldSeconds':86400}"})
  void takesTimesToHoldThatTheDeliveryJobTakes(String retention) {
    assertThat(fields("'retention':" + retention, "")).isEmpty();
    assertThat(fields("'retention':null", "")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"10", "59", "86401", "3600.5", "'3600'", "[]", "99999999999"})
  void refusesTimesToHoldThatTheDeliveryJobWouldSetAside(String seconds) {
    assertThat(fields("'retention':{'heldSeconds':%s}".formatted(seconds), ""))
        .containsExactly("retention.heldSeconds");
  }

  @Test
  void refusesARetentionThatNobodyReads() {
    assertThat(fields("'retention':{'heldSecond':3600}", ""))
        .containsExactly("retention.heldSecond");
    assertThat(fields("'retention':3600", "")).containsExactly("retention");
  }

  @Test
  void tellsOfAFieldOnlyOnce() {
    assertThat(
            fields(
                "'rules':[{'id':'a','kind':'url-whitelist','action':'HOLD','allowed':['a b']}]",
                ""))
        .containsExactly("rules[0].allowed[0]");
  }
}
