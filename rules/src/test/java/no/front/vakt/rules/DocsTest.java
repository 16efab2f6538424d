package no.front.vakt.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import no.front.vakt.rules.rule.RuleKind;
import org.junit.jupiter.api.Test;

class DocsTest {
  private static Path docs() {
    Path place = Path.of("").toAbsolutePath();
    while (!Files.isDirectory(place.resolve("docs"))) {
      place = place.getParent();
    }
    return place.resolve("docs");
  }

  @Test
  void hasAPageForEveryKindOfRule() throws IOException {
    for (String kind : RuleKind.catalogue().keySet()) {
      Path page = docs().resolve("rules").resolve(kind + ".md");
      assertThat(page).exists();
      assertThat(Files.readString(page))
          .as(kind)
          .contains(
              List.of(
                  "# " + kind,
                  "## Parameters",
                  "## At the edge",
                  "## State",
                  "## Example",
                  "## False alarms"));
      assertThat(docs().resolve("rules/README.md")).content().contains("(" + kind + ".md)");
    }
  }
}
