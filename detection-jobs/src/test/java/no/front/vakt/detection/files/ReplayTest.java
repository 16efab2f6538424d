package no.front.vakt.detection.files;

import static no.front.vakt.detection.files.ReplayFiles.CLUB;
import static no.front.vakt.detection.files.ReplayFiles.NOON;
import static no.front.vakt.detection.files.ReplayFiles.line;
import static no.front.vakt.detection.files.ReplayFiles.message;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import no.front.vakt.contract.Outcome;
import no.front.vakt.contract.SampleMessages;
import no.front.vakt.contract.Submission;
import no.front.vakt.contract.Verdict;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplayTest {
  private static final String OWN_DEFAULT =
      "{\"customerId\":\"default\",\"version\":3,\"rules\":[]}";

  @TempDir private Path directory;
  private ReplayFiles files;

  @BeforeEach
  void prepare() {
    files = new ReplayFiles(directory);
  }

  /** At most so many messages of the customer in a minute. */
  private static String ceiling(String version, int limit) {
    return "{\"customerId\":\"club\","
        + version
        + ",\"rules\":[{\"id\":\"own\",\"kind\":\"volume-limit\",\"action\":\"BLOCK\","
        + "\"per\":\"customer\",\"limit\":"
        + limit
        + ",\"windowSeconds\":60}]}";
  }

  private static List<Outcome> outcomes(List<Verdict> verdicts) {
    return verdicts.stream().map(Verdict::outcome).toList();
  }

  @Test
  void judgesInOrderOfTimeAndWritesInOrderOfTheInput() throws Exception {
    files.policies(ceiling("\"version\":1", 2));
    files.in(List.of(message("late", 3_000), message("first", 1_000), message("second", 2_000)));

    List<Verdict> verdicts = files.judge();

    assertThat(verdicts).extracting(Verdict::messageId).containsExactly("late", "first", "second");
    assertThat(outcomes(verdicts)).containsExactly(Outcome.BLOCK, Outcome.ALLOW, Outcome.ALLOW);
    assertThat(verdicts)
        .extracting(Verdict::decidedAt)
        .containsExactly(NOON.plusSeconds(3), NOON.plusSeconds(1), NOON.plusSeconds(2));
  }

  @Test
  void tiesGoInOrderOfTheLines() throws Exception {
    files.policies(ceiling("\"version\":1", 1));
    files.in(List.of(message("b", 1_000), message("a", 1_000), message("c", 0)));

    assertThat(outcomes(files.judge()))
        .containsExactly(Outcome.BLOCK, Outcome.BLOCK, Outcome.ALLOW);
  }

  @Test
  void whateverTheParallelismTheOutputIsTheSameBytes() throws Exception {
    List<Submission> messages = new ArrayList<>();
    Random random = new Random(7);
    for (int i = 0; i < 3_000; i++) {
      Submission message =
          SampleMessages.message(
              "customer-" + random.nextInt(40), "m-" + i, NOON.plusMillis(random.nextInt(600_000)));
      messages.add(SampleMessages.to(message, "+479999990" + random.nextInt(10)));
    }
    Collections.shuffle(messages, random);
    files.in(messages);
    files.policies(
        "{\"customerId\":\"default\",\"version\":1,\"rules\":[{\"id\":\"r\",\"action\":\"HOLD\","
            + "\"kind\":\"volume-limit\",\"per\":\"recipient\",\"limit\":2,\"windowSeconds\":60}]}");
    Path two = directory.resolve("two.jsonl");
    Path three = directory.resolve("three.jsonl");

    files.run(1);
    files.run(files.in(), two, 2);
    files.run(files.in(), three, 3);

    assertThat(outcomes(files.verdicts())).contains(Outcome.ALLOW, Outcome.HOLD);
    assertThat(two).hasSameBinaryContentAs(files.out());
    assertThat(three).hasSameBinaryContentAs(files.out());
  }

  @Test
  void blankLinesCarriageReturnsAndAMissingLastLineEndAreTaken() throws Exception {
    files.in(
        "\r\n\n"
            + line(message("m-1", 1))
            + "\r\n  \t\r\n"
            + line(message("m-2", 0))
            + "\n\n"
            + line(message("m-3", 2)));

    assertThat(files.judge()).extracting(Verdict::messageId).containsExactly("m-1", "m-2", "m-3");
    assertThat(Files.readString(files.out())).endsWith("}\n").doesNotContain("\r");
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1})
  void aByteOrderMarkBeginsNoField(long firstAt) throws Exception {
    files.in("\uFEFF" + line(message("m-1", firstAt)) + "\n" + line(message("m-2", 0)) + "\n");

    assertThat(files.judge()).extracting(Verdict::messageId).containsExactly("m-1", "m-2");
  }

  @Test
  void textsInEveryScriptAreRead() throws Exception {
    List<Submission> messages = new ArrayList<>();
    for (String text : List.of("Blåbærsyltetøy på søndag", "日本語 😀", "\u2028 \u0085 \\ \" ", "")) {
      messages.add(SampleMessages.saying(message("m-" + messages.size(), -messages.size()), text));
    }
    files.in(messages);

    assertThat(files.judge()).hasSize(4).allMatch(v -> v.outcome() == Outcome.ALLOW);
  }

  @Test
  void anEmptyFileGivesAnEmptyFile() throws Exception {
    files.in("");

    assertThat(files.judge()).isEmpty();
    assertThat(files.out()).exists().isEmptyFile();
  }

  @Test
  void theWarmUpIsJudgedInItsPlaceAndNotWritten() throws Exception {
    files.policies(ceiling("\"version\":1", 2));
    files.warmUp(List.of(message("w-2", 2_000), message("w-1", 1_000)));
    files.in(List.of(message("m-1", 0), message("m-2", 1_500), message("m-3", 90_000)));

    List<Verdict> verdicts = files.judge();

    assertThat(verdicts).extracting(Verdict::messageId).containsExactly("m-1", "m-2", "m-3");
    assertThat(outcomes(verdicts)).containsExactly(Outcome.ALLOW, Outcome.BLOCK, Outcome.ALLOW);
  }

  @Test
  void theWarmUpGoesFirstWhereTimesAreEqual() throws Exception {
    files.policies(ceiling("\"version\":1", 1));
    files.warmUp(List.of(message("w", 0)));
    files.in(List.of(message("m", 0)));

    assertThat(outcomes(files.judge())).containsExactly(Outcome.BLOCK);
  }

  @Test
  void aWarmUpInOrderBeforeTheInputIsReadStraightThrough() throws Exception {
    files.policies(ceiling("\"version\":1", 2));
    files.warmUp(List.of(message("w-1", 0), message("w-2", 1)));
    files.in(List.of(message("m-1", 2), message("m-2", 60_001)));

    assertThat(outcomes(files.judge())).containsExactly(Outcome.BLOCK, Outcome.ALLOW);
  }

  @Test
  void aWarmUpAloneGivesAnEmptyFile() throws Exception {
    files.warmUp(List.of(message("w", 0)));
    files.in("\n");

    assertThat(files.judge()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "%s",
        "[%s]",
        "[%s,%s2]",
        "%s\n%s2",
        "%s%s2",
        "[%s]\n[%s2]",
        "\uFEFF%s",
        "\n\n%s\n"
      })
  void policiesStandInAFileInAnyShape(String shape) throws Exception {
    String other = ceiling("\"version\":1", 1).replace("club", "garage");
    files.policies(shape.replace("%s2", other).replace("%s", ceiling("\"version\":1", 0)));
    files.in(List.of(message("m", 0)));

    assertThat(outcomes(files.judge())).containsExactly(Outcome.BLOCK);
  }

  @Test
  void policiesMayBePrettyPrinted() throws Exception {
    files.policies(ceiling("\"version\":1", 0).replace(",", "\n ,\r\n ").replace(":", " : "));
    files.in(List.of(message("m", 0)));

    assertThat(outcomes(files.judge())).containsExactly(Outcome.BLOCK);
  }

  @Test
  void anEmptyPolicyFileIsTheShippedDefaultAlone() throws Exception {
    files.policies("[]");
    files.in(List.of(SampleMessages.to(message("m", 0), "+88213300000")));

    assertThat(outcomes(files.judge())).containsExactly(Outcome.BLOCK);
  }

  @Test
  void severalVersionsJudgeEachFromItsTimeInWhateverOrderTheyStand() throws Exception {
    files.policies(
        ceiling("\"version\":3,\"effectiveFrom\":\"2026-11-23T11:00:02.000Z\"", 100)
            + ceiling("\"version\":1", 100)
            + ceiling("\"version\":2,\"effectiveFrom\":\"2026-11-23T11:00:01Z\"", 0));
    files.in(
        List.of(message("a", 2_000), message("b", 1_999), message("c", 1_000), message("d", 999)));

    assertThat(files.judge()).extracting(Verdict::policyVersion).containsExactly(3L, 2L, 2L, 1L);
    assertThat(outcomes(files.verdicts()))
        .containsExactly(Outcome.ALLOW, Outcome.BLOCK, Outcome.BLOCK, Outcome.ALLOW);
  }

  @Test
  void aLimitCountsWhatPassedBeforeItCameIntoForce() throws Exception {
    files.policies(
        OWN_DEFAULT + ceiling("\"version\":2,\"effectiveFrom\":\"2026-11-23T11:00:02Z\"", 2));
    files.in(List.of(message("a", 0), message("b", 1_000), message("c", 2_000)));

    assertThat(outcomes(files.judge()))
        .containsExactly(Outcome.ALLOW, Outcome.ALLOW, Outcome.BLOCK);
  }

  @Test
  void withoutPoliciesTheShippedDefaultJudges() throws Exception {
    files.in(List.of(SampleMessages.to(message("m", 0), "+88213300000")));

    assertThat(outcomes(files.judge())).containsExactly(Outcome.BLOCK);
  }

  @Test
  void aDefaultOfItsOwnWithNoRulesInheritsNothing() throws Exception {
    files.policies(OWN_DEFAULT);
    files.in(List.of(SampleMessages.to(message("m", 0), "+88213300000")));

    List<Verdict> verdicts = files.judge();

    assertThat(outcomes(verdicts)).containsExactly(Outcome.ALLOW);
    assertThat(verdicts.get(0).findings()).isEmpty();
    assertThat(verdicts.get(0).defaultVersion()).isEqualTo(3);
  }

  @Test
  void aCustomersPolicyInheritsTheShippedDefault() throws Exception {
    files.policies(ceiling("\"version\":1", 5));
    files.in(List.of(SampleMessages.to(message("m", 0), "+88213300000")));

    assertThat(outcomes(files.judge())).containsExactly(Outcome.BLOCK);
  }

  @Test
  void anUnknownKindIsNoErrorAndFaultsTheRule() throws Exception {
    files.policies(
        "{\"customerId\":\"club\",\"version\":1,\"rules\":[{\"id\":\"later\",\"kind\":\"not-yet\","
            + "\"action\":\"BLOCK\",\"speed\":7}]}");
    files.in(List.of(message("m", 0)));

    assertThat(files.judge().get(0).findings())
        .singleElement()
        .matches(f -> f.kind().equals("rule-fault") && f.ruleId().equals("later"));
  }

  @Test
  void aRepeatGetsTheFirstOutcomeAndAReusedIdARefusal() throws Exception {
    files.policies(ceiling("\"version\":1", 1));
    Submission blocked = message("b", 1);
    files.in(
        List.of(
            message("a", 0),
            blocked,
            message("b", 2_000),
            message("a", 3_000),
            SampleMessages.saying(message("a", 4_000), "Noe annet"),
            message("a", 600_000)));

    List<Verdict> verdicts = files.judge();

    assertThat(outcomes(verdicts))
        .containsExactly(
            Outcome.ALLOW,
            Outcome.BLOCK,
            Outcome.BLOCK,
            Outcome.ALLOW,
            Outcome.BLOCK,
            Outcome.ALLOW);
    assertThat(verdicts.get(2).findings()).extracting("kind").containsExactly("repeat");
    assertThat(verdicts.get(3).findings()).extracting("kind").containsExactly("repeat");
    assertThat(verdicts.get(4).findings()).extracting("kind").containsExactly("id-reused");
    assertThat(verdicts.get(5).findings()).isEmpty();
  }

  @Test
  void aFindingCarriesItsSentences() throws Exception {
    files.policies(ceiling("\"version\":1", 0));
    files.in(List.of(message("m", 0)));

    assertThat(files.judge().get(0).findings().get(0).text().nb()).contains("grensen er 0");
  }

  @Test
  void anEarlierOutputIsReplacedAndNothingElseIsLeft() throws Exception {
    Files.writeString(files.out(), "what stood here before");
    files.in(List.of(message("m", 0)));

    files.judge();

    assertThat(files.left()).containsExactly("in.jsonl", "out.jsonl");
    assertThat(files.verdicts()).extracting(Verdict::customerId).containsExactly(CLUB);
  }
}
