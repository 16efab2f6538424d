package no.front.vakt.rules.message;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The link-finding vectors of three libraries. They contradict each other in places, and our
 * contract in some; each difference stands with its reason in {@code extraction/differences.tsv}:
 * one more, one less or another one fails.
 */
class ExtractionVectorsTest {

  private static final int ASKED = 1866;

  @Test
  void findsWhatTheLibrariesFindButForKnownDifferences() throws IOException {
    Map<String, String> differences = new LinkedHashMap<>();
    int asked = 0;
    for (String file : List.of("autolink_java", "linkify_it", "twitter_text_tlds")) {
      for (JsonNode vector : Vectors.jsonLines("extraction/" + file + ".jsonl")) {
        asked++;
        List<String> expected = new ArrayList<>();
        vector.path("expected").forEach(each -> expected.add(each.asText()));
        List<String> found =
            Links.in(vector.path("text").asText()).all().stream().map(Link::asWritten).toList();
        if (!found.equals(expected)) {
          differences.put(vector.path("id").asText(), found.toString());
        }
      }
    }
    assertThat(asked).isEqualTo(ASKED);
    assertThat(differences).isEqualTo(known());
  }

  /** Rows: the vector's id, what we find instead, and why. */
  private static Map<String, String> known() throws IOException {
    Map<String, String> known = new LinkedHashMap<>();
    Vectors.table("extraction/differences.tsv")
        .forEach((id, row) -> known.put(id, row.substring(0, row.lastIndexOf('\t'))));
    return known;
  }
}
