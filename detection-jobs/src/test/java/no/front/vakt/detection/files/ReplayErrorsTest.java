package no.front.vakt.detection.files;

import static no.front.vakt.detection.files.ReplayFiles.line;
import static no.front.vakt.detection.files.ReplayFiles.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import no.front.vakt.contract.SampleMessages;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every error says where and why, and leaves things as they were. */
class ReplayErrorsTest {
  private static final String BEFORE = "what stood here before";

  @TempDir private Path directory;
  private ReplayFiles files;

  @BeforeEach
  void prepare() throws Exception {
    files = new ReplayFiles(directory);
    files.in(List.of(message("m", 0)));
    Files.writeString(files.out(), BEFORE);
  }

  private void fails(String... saying) throws Exception {
    List<String> before = files.left();
    assertThatThrownBy(() -> files.run(1))
        .isInstanceOf(ReplayException.class)
        .message()
        .contains(saying)
        .doesNotContain("Exception", "\n", "99999901", "Trening");
    assertThat(files.left()).isEqualTo(before);
    assertThat(files.out()).hasContent(BEFORE);
  }

  @ParameterizedTest(name = "{1}: {0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"customerId\":\"club\",|              | customerId  | missing",
        "\"customerId\":\"club\"|\"customerId\":\"\"| customerId | empty",
        "\"customerId\":\"club\"|\"customerId\":\"default\"| customerId | default",
        "\"messageId\":\"m-2\",|               | messageId   | missing",
        "\"submittedAt\":\"2026-11-23T11:00:00.001Z\",| | submittedAt | missing",
        "2026-11-23T11:00:00.001Z|yesterday    | submittedAt | ISO-8601",
        "2026-11-23T11:00:00.001Z|2026-02-30T11:00:00.001Z | submittedAt | ISO-8601",
        "2026-11-23T11:00:00.001Z|9999-11-23T11:00:00.001Z | submittedAt | centuries",
        "2026-11-23T11:00:00.001Z|+999999999-11-23T11:00:00Z | submittedAt | ISO-8601",
        "\"recipient\":\"+4799999901\",|       | recipient   | missing",
        "+4799999901|99999901                  | recipient   | E.164",
        "\"channel\":\"API\"|\"channel\":\"PIGEON\" | channel | API",
        "\"deliver\":true|\"deliver\":\"maybe\" | deliver   | true or false",
        "192.0.2.7|somewhere                   | originIp    | address",
        "Klubben|KlubbenSinLangeSender         | senderId    | 11"
      })
  void aBadFieldIsNamedWithItsLine(String whole, String damaged, String field, String reason)
      throws Exception {
    String bad =
        line(message("m-2", 1)).replace(whole.strip(), damaged == null ? "" : damaged.strip());
    files.in("\n" + line(message("m-1", 0)) + "\n" + bad + "\n" + line(message("m-3", 0)));

    fails("in.jsonl line 3: ", field.strip(), reason.strip());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{|JSON",
        "{\"a\":1}}|missing",
        "[]|object",
        "17|object",
        "null|empty",
        "hello|JSON"
      })
  void aLineThatIsNoSubmissionIsNamed(String bad, String reason) throws Exception {
    files.in(line(message("m-1", 0)) + "\r\n" + bad + "\r\n");

    fails("in.jsonl line 2: ", reason);
  }

  @Test
  void aTextTooLongIsNamed() throws Exception {
    files.in(List.of(SampleMessages.message("club", "m-1", ReplayFiles.NOON)));
    Files.writeString(
        files.in(), line(message("m-2", 1)).replace("Trening", "x".repeat(1_601)) + "\n");

    fails("in.jsonl line 1: ", "text", "1600");
  }

  @Test
  void aLineTooLongIsNamedWithoutBeingRead() throws Exception {
    files.in(line(message("m-1", 0)) + "\n" + "x".repeat(5_000_000) + "\n");

    fails("in.jsonl line 2: ", "longer than");
  }

  @Test
  void allProblemsOfALineAreTold() throws Exception {
    files.in("{\"customerId\":\"club\",\"messageId\":\"m\",\"senderId\":\"K\"}\n");

    fails("line 1", "submittedAt", "recipient", "text");
  }

  @Test
  void aBadLineOfTheWarmUpIsNamed() throws Exception {
    files.warmUp(List.of(message("w", 0)));
    Files.writeString(directory.resolve("warm-up.jsonl"), "{}\n");

    fails("warm-up.jsonl line 1: ", "customerId");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"customerId\":\"club\" \"version\"}|JSON",
        "\"text\"|object",
        "17|object",
        "{\"version\":1}|customerId",
        "{\"customerId\":\"club\",\"version\":\"one\"}|version",
        "{\"customerId\":\"club\",\"effectiveFrom\":\"soon\"}|effectiveFrom",
        "{\"customerId\":\"club\",\"homeCountries\":[null]}|homeCountries[0]",
        "{\"customerId\":\"club\",\"exceptions\":[null]}|exceptions[0]",
        "{\"customerId\":\"club\",\"access\":{\"networks\":[null]}}|access",
        "{\"customerId\":\"club\",\"rules\":[null]}|rules[0]",
        "{\"customerId\":\"club\",\"rules\":[{\"id\":\"r\",\"kind\":\"volume-limit\"}]}|rules[0].action",
        "{\"customerId\":\"club\",\"rules\":[{\"id\":\"r\",\"kind\":\"volume-limit\",\"action\":\"SHOUT\"}]}|rules[0].action",
        "{\"customerId\":\"club\",\"rules\":[{\"id\":\"r\",\"kind\":\"volume-limit\",\"action\":\"HOLD\",\"per\":\"customer\",\"limit\":-1,\"windowSeconds\":60}]}|rules[0].limit",
        "{\"customerId\":\"club\",\"rules\":[{\"id\":\"r\",\"kind\":\"country-policy\",\"action\":\"HOLD\",\"allowed\":[\"Norway\"]}]}|rules[0].allowed"
      })
  void aBadPolicyIsNamedWithLineAndField(String bad, String field) throws Exception {
    files.policies("\n{\"customerId\":\"garage\",\"version\":1}\n" + bad + "\n");

    fails("policies.json line 3", field);
  }

  @Test
  void twoPoliciesOfOneVersionAreRefused() throws Exception {
    files.policies(
        "{\"customerId\":\"club\",\"version\":1}\n{\"customerId\":\"club\",\"version\":1}");

    fails("policies.json line 2: ", "version");
  }

  @Test
  void aPolicyTooLargeIsRefused() throws Exception {
    files.policies("{\"customerId\":\"club\",\"name\":\"" + "x".repeat(300_000) + "\"}");

    fails("policies.json line 1: ", "larger");
  }

  @Test
  void aMissingFileIsNamed() throws Exception {
    Files.delete(files.in());

    fails("in.jsonl does not exist");
  }

  @Test
  void theInputIsNeverWrittenOver() throws Exception {
    Path same = directory.resolve("sub/../in.jsonl");
    Files.createDirectory(directory.resolve("sub"));
    Path linked = Files.createLink(directory.resolve("linked.jsonl"), files.in());
    String content = Files.readString(files.in());

    for (Path out : List.of(files.in(), same, linked)) {
      assertThatThrownBy(() -> files.run(files.in(), out, 1))
          .isInstanceOf(ReplayException.class)
          .hasMessageContaining("--out is the same file as --in");
    }
    assertThat(files.in()).hasContent(content);
  }

  @Test
  void policiesAndWarmUpAreNeverWrittenOver() throws Exception {
    files.policies("[]");
    files.warmUp(List.of(message("w", 0)));

    for (String name : List.of("policies.json", "warm-up.jsonl")) {
      assertThatThrownBy(() -> files.run(files.in(), directory.resolve(name), 1))
          .isInstanceOf(ReplayException.class)
          .hasMessageContaining("--out is the same file as --");
    }
  }

  @Test
  void anOutputThatIsNoFileOrHasNoDirectoryIsRefused() throws Exception {
    assertThatThrownBy(() -> files.run(files.in(), directory, 1))
        .isInstanceOf(ReplayException.class)
        .hasMessageContaining("is a directory");
    assertThatThrownBy(() -> files.run(files.in(), directory.resolve("no/out.jsonl"), 1))
        .isInstanceOf(ReplayException.class)
        .hasMessageContaining("does not exist");
    assertThatThrownBy(() -> files.run(directory, files.out(), 1))
        .isInstanceOf(ReplayException.class)
        .hasMessageContaining("is not a file");
  }
}
