package no.front.vakt.controlapi;

import static no.front.vakt.controlapi.Staff.policyOf;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import no.front.vakt.contract.CanarySearch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrivacyTest {
  private static final String ADDRESS = "kanarifugl.hansen@customer.example";
  private static final String NAME = "Kanarifugl Sangersen";
  private static final String BYSTANDER = "Idrettslaget-som-skal-finnes";

  @TempDir Path directory;

  @Test
  void sealsContactsBeforeTheyRestInDatabaseOrLog() throws Exception {
    try (RunningControl control = new RunningControl(directory)) {
      control
          .staff()
          .putFirst(
              "private",
              Map.of(
                  "name", BYSTANDER, "contacts", List.of(Map.of("name", NAME, "email", ADDRESS))));
      // Refused ones must not rest either.
      control
          .staff()
          .put(
              "private",
              1,
              Map.of("contacts", List.of(Map.of("name", NAME, "email", ADDRESS + " x"))));
      assertThat(control.staff().get(policyOf("private")).body()).contains(NAME, ADDRESS);
      control.database().run("CHECKPOINT");

      CanarySearch search = new CanarySearch().text(ADDRESS).text(NAME);
      assertThat(search.below(control.database().data())).isEmpty();
      assertThat(search.below(directory.resolve("broker"))).isEmpty();
      assertThat(new CanarySearch().text(BYSTANDER).below(control.database().data()))
          .as("the search finds what is not sealed")
          .isNotEmpty();
    }
  }
}
