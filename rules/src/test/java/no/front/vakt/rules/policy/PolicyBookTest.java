package no.front.vakt.rules.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import no.front.vakt.contract.FieldProblem;
import no.front.vakt.contract.Policy;
import no.front.vakt.contract.SampleMessages;
import no.front.vakt.rules.Hearing;
import no.front.vakt.rules.signal.Counter;
import no.front.vakt.rules.signal.Per;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyBookTest {
  private static final Instant NOON = SampleMessages.NOON;
  private static final Instant ONE_MINUTE_LATER = NOON.plusSeconds(60);
  private static final Instant LONG_AGO = Instant.parse("2020-01-01T00:00:00Z");

  private final PolicyBook book = PolicyBook.withoutDefault();

  private void receive(String policy) {
    assertThat(book.receive(Hearing.policy(policy)).problems()).isEmpty();
  }

  private static String ceiling(String id, String more) {
    return "{'id':'"
        + id
        + "','kind':'volume-limit','action':'HOLD','limit':5,'windowSeconds':60,'per':'customer'"
        + more
        + "}";
  }

  private static String countries(String id, String more) {
    return "{'id':'"
        + id
        + "','kind':'country-policy','action':'BLOCK','allowed':['NO']"
        + more
        + "}";
  }

  private static String policy(String customer, int version, String... rules) {
    return "{'customerId':'"
        + customer
        + "','version':"
        + version
        + ",'rules':["
        + String.join(",", rules)
        + "]}";
  }

  private static String from(Instant effectiveFrom, String policy) {
    return policy.replace("'version'", "'effectiveFrom':'" + effectiveFrom + "','version'");
  }

  /** Rules in force as {@code id vVersion}, shadow rules in brackets. */
  private List<String> inForce(String customer, Instant at) {
    return book.inForce(customer, at).rules().stream()
        .map(rule -> rule.head())
        .map(
            h -> h.shadow() ? "(" + h.id() + " v" + h.version() + ")" : h.id() + " v" + h.version())
        .sorted()
        .toList();
  }

  private List<String> inForce() {
    return inForce("klubben", NOON);
  }

  @Test
  void inheritsRuleByRule() {
    receive(policy("default", 1, ceiling("a", ""), countries("b", "")));
    receive(policy("klubben", 1, ceiling("a", ",'version':2"), ceiling("c", "")));
    assertThat(inForce()).containsExactly("a v2", "b v1", "c v1");
    assertThat(inForce("butikken", NOON)).containsExactly("a v1", "b v1");
  }

  @Test
  void silencesAnInheritedRuleByRetiringIt() {
    receive(policy("default", 1, ceiling("a", ""), countries("b", "")));
    receive(
        policy("klubben", 1, ceiling("a", ",'state':'retired'"), "{'id':'b','state':'retired'}"));
    assertThat(inForce()).isEmpty();
  }

  @Test
  void judgesAShadowRuleBesideTheInheritedOne() {
    receive(policy("default", 1, ceiling("a", ",'locked':true")));
    receive(policy("klubben", 1, ceiling("a", ",'version':2,'state':'shadow'")));
    assertThat(inForce()).containsExactly("(a v2)", "a v1");
  }

  @Test
  void holdsALiveRuleAndItsSuccessorInShadowInOnePolicy() {
    receive(policy("klubben", 1, ceiling("a", ""), ceiling("a", ",'version':2,'state':'shadow'")));
    assertThat(inForce()).containsExactly("(a v2)", "a v1");
  }

  @Test
  void keepsTheInheritedRuleWhenTheOwnOneIsOfAnotherKind() {
    receive(policy("default", 1, ceiling("a", "")));
    receive(policy("klubben", 1, countries("a", ",'version':7")));
    assertThat(inForce()).containsExactly("a v1");
    assertThat(book.inForce("klubben", NOON).ineffective())
        .containsExactly("rule a has no effect: the inherited rule is of kind volume-limit");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ",'state':'retired'"})
  void keepsALockedRule(String state) {
    receive(policy("default", 1, ceiling("a", ",'locked':true")));
    receive(policy("klubben", 1, ceiling("a", ",'version':2" + state)));
    assertThat(inForce()).containsExactly("a v1");
  }

  @Test
  void replacesARuleWithBoundsOnlyWithinThem() {
    String bounds = ",'bounds':{'limit':{'min':2,'max':5},'action':{'oneOf':['HOLD','BLOCK']}}";
    receive(policy("default", 1, ceiling("a", bounds)));
    int version = 1;
    for (String within : List.of("", ",'limit':2", ",'action':'BLOCK'")) {
      receive(policy("klubben", version, overriding(ceiling("a", ",'version':2"), within)));
      assertThat(inForce()).as(within).containsExactly("a v2");
      version++;
    }
    for (String outside :
        List.of(
            ",'limit':6", ",'limit':1", ",'action':'ALERT'", ",'state':'retired'", ",'share':0")) {
      receive(policy("klubben", version, overriding(ceiling("a", ",'version':2"), outside)));
      assertThat(inForce()).as(outside).containsExactly("a v1");
      version++;
    }
  }

  /** JSON in which the later of two equal names wins. */
  private static String overriding(String rule, String more) {
    String name = more.isEmpty() ? "'none'" : more.substring(1, more.indexOf(':'));
    String without = rule.replaceAll(name + ":('[A-Z]+'|[0-9]+),", "");
    return without.substring(0, without.length() - 1) + more + "}";
  }

  @Test
  void inheritsFieldByField() {
    receive(
        "{'customerId':'default','version':1,'frozen':{'reason':'all'},"
            + "'exceptions':[{'rule':'a'}]}");
    receive(policy("klubben", 1, ceiling("a", "")));
    CustomerPolicy inherited = book.inForce("klubben", NOON);
    assertThat(inherited.frozenAt(NOON)).isNotNull();
    assertThat(inherited.exceptionsFrom(inherited.rules().get(0), NOON)).isEmpty();
    receive(
        "{'customerId':'klubben','version':2,'frozen':{'until':'2020-01-01T00:00:00Z'},"
            + "'exceptions':[],'rules':["
            + ceiling("a", "")
            + "]}");
    CustomerPolicy own = book.inForce("klubben", NOON);
    assertThat(own.frozenAt(NOON)).as("its own freeze has ended").isNull();
    assertThat(own.exceptionsFrom(own.rules().get(0), NOON)).isPresent();
  }

  @Test
  void judgesByTheNewestVersionWhoseTimeHasCome() {
    receive(policy("klubben", 1, ceiling("a", ",'version':1")));
    receive(from(NOON, policy("klubben", 2, ceiling("a", ",'version':2"))));
    receive(from(ONE_MINUTE_LATER, policy("klubben", 3, ceiling("a", ",'version':3"))));
    assertThat(inForce("klubben", LONG_AGO)).containsExactly("a v1");
    assertThat(inForce("klubben", NOON.minusMillis(1))).containsExactly("a v1");
    assertThat(inForce("klubben", NOON)).containsExactly("a v2");
    assertThat(inForce("klubben", ONE_MINUTE_LATER.minusMillis(1))).containsExactly("a v2");
    assertThat(inForce("klubben", ONE_MINUTE_LATER)).containsExactly("a v3");
    assertThat(inForce("klubben", NOON)).as("a late message").containsExactly("a v2");
    assertThat(book.inForce("klubben", NOON).version()).isEqualTo(2);
  }

  @Test
  void prefersTheNewerVersionWhicheverBeginsFirst() {
    receive(from(ONE_MINUTE_LATER, policy("klubben", 1, ceiling("a", ",'version':1"))));
    receive(from(NOON, policy("klubben", 2, ceiling("a", ",'version':2"))));
    assertThat(inForce("klubben", ONE_MINUTE_LATER)).containsExactly("a v2");
  }

  @Test
  void followsANewDefaultAtOnce() {
    receive(policy("default", 1, ceiling("a", "")));
    assertThat(inForce()).containsExactly("a v1");
    receive(from(ONE_MINUTE_LATER, policy("default", 2, ceiling("a", ",'version':2"))));
    assertThat(inForce()).containsExactly("a v1");
    assertThat(inForce("klubben", ONE_MINUTE_LATER)).containsExactly("a v2");
    assertThat(book.inForce("klubben", ONE_MINUTE_LATER).defaultVersion()).isEqualTo(2);
  }

  @Test
  void ignoresAVersionNotNewerThanTheLast() {
    receive(policy("klubben", 2, ceiling("a", "")));
    assertThat(book.receive(Hearing.policy(policy("klubben", 2))).isNew()).isFalse();
    assertThat(book.receive(Hearing.policy(policy("klubben", 1))).isNew()).isFalse();
    assertThat(inForce()).containsExactly("a v1");
    assertThat(book.newestVersion("klubben")).isEqualTo(2);
    assertThat(book.versions("klubben")).hasSize(1);
    assertThat(book.newestVersion("butikken")).isEqualTo(-1);
  }

  @Test
  void forgetsOnlyVersionsThatNoMessageCanNeedAnyMore() {
    receive(policy("klubben", 1, ceiling("a", ",'version':1")));
    receive(from(NOON, policy("klubben", 2, ceiling("a", ",'version':2"))));
    receive(from(ONE_MINUTE_LATER, policy("klubben", 3, ceiling("a", ",'version':3"))));
    book.forgetSupersededBefore("klubben", NOON);
    assertThat(book.versions("klubben")).hasSize(3);
    book.forgetSupersededBefore("klubben", NOON.plusMillis(1));
    assertThat(book.versions("klubben")).extracting(Policy::version).containsExactly(2L, 3L);
    assertThat(inForce()).containsExactly("a v2");
  }

  @Test
  void hasNoPolicyOfItsOwnOnceRemoved() {
    receive(policy("default", 1, ceiling("a", "")));
    receive(policy("klubben", 1, countries("b", "")));
    receive(from(NOON, "{'customerId':'klubben','version':2,'removed':true}"));
    assertThat(inForce("klubben", NOON.minusMillis(1))).containsExactly("a v1", "b v1");
    assertThat(inForce()).containsExactly("a v1");
    assertThat(book.inForce("klubben", NOON).version()).isZero();
  }

  @Test
  void fallsBackToTheShippedDefault() {
    PolicyBook shipped = PolicyBook.withShippedDefault();
    assertThat(shipped.inForce("klubben", NOON).rules()).hasSize(4);
    shipped.receive(Hearing.policy(policy("default", 1)));
    assertThat(shipped.inForce("klubben", NOON).rules()).isEmpty();
    shipped.receive(
        Hearing.policy(
            from(ONE_MINUTE_LATER, "{'customerId':'default','version':2,'removed':true}")));
    assertThat(shipped.inForce("klubben", ONE_MINUTE_LATER).rules()).hasSize(4);
  }

  @Test
  void shipsADefaultWithoutProblems() {
    assertThat(PolicyBook.problems(ShippedDefault.policy())).isEmpty();
  }

  @Test
  void appliesARuleToAStableShareOfCustomers() {
    receive(policy("default", 1, ceiling("a", ",'share':30")));
    List<String> first = sharing();
    receive(policy("default", 2, ceiling("a", ",'version':2,'share':60")));
    List<String> second = sharing();
    assertThat(first.size()).isBetween(250, 350);
    assertThat(second.size()).isBetween(550, 650);
    assertThat(second).as("a growing share keeps the customers it has").containsAll(first);
    receive(policy("default", 3, ceiling("a", ",'share':0")));
    assertThat(sharing()).isEmpty();
    receive(policy("default", 4, ceiling("a", ",'share':100")));
    assertThat(sharing()).hasSize(1000);
  }

  private List<String> sharing() {
    return IntStream.range(0, 1000)
        .mapToObj(i -> "customer-" + i)
        .filter(customer -> !inForce(customer, NOON).isEmpty())
        .toList();
  }

  @Test
  void faultsARuleOfAnUnknownKindAndJudgesTheRest() {
    receive(
        policy("default", 1, ceiling("a", ""), "{'id':'new','kind':'moon-phase','lunar':true}"));
    assertThat(inForce()).containsExactly("a v1");
    assertThat(book.inForce("klubben", NOON).faults())
        .containsExactly(new RuleFault("new", 1, "moon-phase", "unknown-kind", false));
    receive(policy("klubben", 1, "{'id':'new','kind':'moon-phase','state':'retired'}"));
    assertThat(book.inForce("klubben", NOON).faults()).as("retired by the customer").isEmpty();
  }

  @Test
  void restoresAPolicyItWouldRefuseAndFaultsOnlyTheRulesThatNoLongerRead() {
    String broken = ceiling("b", "").replace("'limit':5", "'limit':-5");
    String text = policy("klubben", 7, ceiling("a", ""), broken, countries("c", ",'version':2"));
    Policy stored =
        Hearing.policy(text.replace("'rules'", "'language':'nn','exceptions':[{}],'rules'"));
    assertThat(PolicyBook.problems(stored)).isNotEmpty();
    receive(policy("default", 1, ceiling("b", ",'version':3")));

    book.restore(stored);

    assertThat(book.versions("klubben")).containsExactly(stored);
    assertThat(inForce())
        .as("the inherited rule stands in for the one that no longer reads")
        .containsExactly("a v1", "b v3", "c v2");
    assertThat(book.inForce("klubben", NOON).faults())
        .containsExactly(new RuleFault("b", 1, "volume-limit", "unreadable", false));
  }

  @Test
  void holdsNothingForCustomersPutAside() {
    receive(policy("default", 1, ceiling("a", "")));
    List<String> sharing = sharing();
    assertThat(book.held()).isEqualTo(sharing.size());

    sharing.forEach(book::putAside);

    assertThat(book.held()).isZero();
    assertThat(inForce("customer-1", NOON)).containsExactly("a v1");
  }

  @Test
  void tellsAllProblemsAtOnceWithTheirPaths() {
    Policy bad =
        Hearing.policy(
            "{'customerId':'klubben','version':1,'language':'nn','timeZone':'Oslo',"
                + "'homeCountries':['NO','Norge'],'access':{'networks':['192.0.2.0/33']},"
                + "'exceptions':[{'what':'NO'}],'rules':["
                + "{'id':'','kind':'volume-limit','action':'HOLD','limit':-1,'windowSeconds':0,"
                + "'per':'moon','share':101},"
                + "{'id':'b','kind':'country-policy'},"
                + countries("c", ",'bounds':{'limit':{'most':3}}")
                + ","
                + countries("c", "")
                + "]}");
    PolicyBook.Received received = book.receive(bad);
    assertThat(received.isNew()).isFalse();
    assertThat(received.problems())
        .extracting(FieldProblem::field)
        .containsExactly(
            "language",
            "timeZone",
            "homeCountries[1]",
            "access.networks[0]",
            "exceptions[0].rule",
            "rules[0].id",
            "rules[0].share",
            "rules[0].limit",
            "rules[0].windowSeconds",
            "rules[0].per",
            "rules[1].action",
            "rules[1].allowed",
            "rules[2].bounds.limit",
            "rules[3].id");
    assertThat(book.newestVersion("klubben")).as("the last good one stays").isEqualTo(-1);
  }

  @Test
  void tellsWhichOwnRulesMayNotReplaceTheInheritedOnes() {
    Policy inherited = Hearing.policy(policy("default", 1, ceiling("a", ",'locked':true")));
    Policy own =
        Hearing.policy(
            policy("c", 1, ceiling("b", ""), ceiling("a", ""), ceiling("a", ",'state':'shadow'")));

    assertThat(PolicyBook.problems(own)).isEmpty();
    assertThat(PolicyBook.problems(own, inherited))
        .extracting(FieldProblem::toString)
        .containsExactly("rules[1]: the inherited rule is locked");
  }

  @Test
  void keepsEachCounterAsLongAsItsLongestWindow() {
    receive(policy("klubben", 1, ceiling("a", ""), longer("b", 3600), longer("c", 600)));
    assertThat(book.inForce("klubben", NOON).watched())
        .containsExactly(new CustomerPolicy.Watched(Counter.per(Per.CUSTOMER), 3_600_000));
  }

  private static String longer(String id, int windowSeconds) {
    return ceiling(id, "").replace("'windowSeconds':60", "'windowSeconds':" + windowSeconds);
  }

  @Test
  void countsForVersionsToComeWhenToldThatAllAreKnown() {
    receive(policy("klubben", 1, countries("b", "")));
    receive(from(ONE_MINUTE_LATER, policy("klubben", 2, ceiling("a", ""))));
    assertThat(book.inForce("klubben", NOON).watched()).isEmpty();
    book.countingAhead();
    assertThat(book.inForce("klubben", NOON).watched())
        .containsExactly(new CustomerPolicy.Watched(Counter.per(Per.CUSTOMER), 60_000));
    assertThat(inForce()).containsExactly("b v1");
  }
}
