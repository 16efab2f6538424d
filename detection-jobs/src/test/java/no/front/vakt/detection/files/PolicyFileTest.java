package no.front.vakt.detection.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import no.front.vakt.contract.Policy;
import no.front.vakt.contract.WireJson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyFileTest {
  private static final String CLUB =
      "{\"customerId\":\"club\",\"version\":2,\"rules\":[{\"id\":\"own\",\"kind\":\"volume-limit\","
          + "\"action\":\"HOLD\",\"per\":\"customer\",\"limit\":0,\"windowSeconds\":60}]}";
  private static final String GARAGE = "{\"customerId\":\"garage\",\"version\":1,\"rules\":[]}";

  @TempDir private Path directory;

  private PolicyFile file(String content) throws Exception {
    Path file = directory.resolve("policies.json");
    Files.writeString(file, content);
    return PolicyFile.read(file);
  }

  private static List<String> policies(PolicyFile file) {
    return file.records().stream()
        .map(raw -> raw.key + " " + WireJson.read(raw.value, Policy.class).version())
        .toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"C", "[C]", "\uFEFFC", "\n\n C \r\n", "[[C]]"})
  void onePolicyStandsInAnyShape(String shape) throws Exception {
    assertThat(policies(file(shape.replace("C", CLUB)))).containsExactly("club 2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[C,G]", "C\nG", "CG", "G C", "[C]\n[G]", "[C]G", "C\r\n\r\nG\r\n"})
  void severalStandInAnyShapeAndComeInOrderOfTheirVersions(String shape) throws Exception {
    String content = shape.replace("C", "\u0001").replace("G", GARAGE).replace("\u0001", CLUB);

    assertThat(policies(file(content))).containsExactly("garage 1", "club 2");
  }

  @Test
  void policiesMayBePrettyPrinted() throws Exception {
    String pretty = CLUB.replace(",", "\n ,\r\n ").replace(":", " : ");

    assertThat(policies(file(pretty + "\n" + pretty.replace(" : 2", " : 3"))))
        .containsExactly("club 2", "club 3");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "\n", "[][]"})
  void aFileMayHoldNone(String content) throws Exception {
    assertThat(policies(file(content))).isEmpty();
  }

  @Test
  void knowsWhetherItHoldsADefault() throws Exception {
    assertThat(file(CLUB).holdsDefault()).isFalse();
    assertThat(file(CLUB + GARAGE.replace("garage", "default")).holdsDefault()).isTrue();
  }
}
