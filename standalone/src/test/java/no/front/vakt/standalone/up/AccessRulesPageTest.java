package no.front.vakt.standalone.up;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import no.front.vakt.contract.Topics;
import org.junit.jupiter.api.Test;

/** The two tables of who reads and writes what tell what the broker is told. */
class AccessRulesPageTest {
  private static final Pattern TOPIC = Pattern.compile("`((?:sms|vakt)\\.[a-z-]+)`");

  private static List<List<String>> rows(String page) throws IOException {
    Path place = Path.of("").toAbsolutePath();
    while (!Files.exists(place.resolve("docs").resolve(page))) {
      place = place.getParent();
    }
    return Files.readAllLines(place.resolve("docs").resolve(page)).stream()
        .filter(line -> line.startsWith("| `"))
        .map(line -> Arrays.stream(line.split("\\|")).map(String::strip).skip(1).toList())
        .toList();
  }

  private static Set<String> topics(String cell) {
    var found = new TreeSet<String>();
    var matcher = TOPIC.matcher(cell);
    while (matcher.find()) {
      found.add(matcher.group(1));
    }
    return found;
  }

  private static Set<String> names(List<Topics> topics) {
    var names = new TreeSet<String>();
    topics.forEach(topic -> names.add(topic.topicName()));
    return names;
  }

  @Test
  void ofTheHousehold() throws IOException {
    Map<String, List<Set<String>>> told = new LinkedHashMap<>();
    for (var row : rows("operations/household.md")) {
      if (row.size() == 3 && !topics(row.get(1)).isEmpty()) {
        told.put(row.get(0).replace("`", ""), List.of(topics(row.get(1)), topics(row.get(2))));
      }
    }
    Map<String, List<Set<String>>> granted = new LinkedHashMap<>();
    AccessRules.rights()
        .forEach(
            (member, rights) ->
                granted.put(
                    member.commonName(), List.of(names(rights.reads()), names(rights.writes()))));
    assertThat(told).isEqualTo(granted);
  }

  @Test
  void ofTheTopics() throws IOException {
    Map<String, List<Set<String>>> told = new TreeMap<>();
    for (var row : rows("topics.md")) {
      told.put(row.get(0).replace("`", ""), List.of(parts(row.get(6)), parts(row.get(7))));
    }
    Map<String, List<Set<String>>> granted = new TreeMap<>();
    for (var topic : Topics.values()) {
      Set<String> writers = new TreeSet<>();
      Set<String> readers = new TreeSet<>();
      AccessRules.rights()
          .forEach(
              (member, rights) -> {
                if (rights.writes().contains(topic)) {
                  writers.add(spoken(member));
                }
                if (rights.reads().contains(topic)) {
                  readers.add(spoken(member));
                }
              });
      granted.put(topic.topicName(), List.of(writers, readers));
    }
    assertThat(told).isEqualTo(granted);
  }

  /** Who is there; a star marks who is not built yet, and people and operators are no members. */
  private static Set<String> parts(String cell) {
    var parts = new LinkedHashSet<String>();
    for (var part : cell.split(",")) {
      var name = part.strip();
      if (!name.endsWith("*") && !name.equals("people")) {
        parts.add(name);
      }
    }
    return new TreeSet<>(parts);
  }

  private static String spoken(Member member) {
    return switch (member) {
      case SCORING_JOB -> "ScoringJob";
      case DELIVERY_JOB -> "DeliveryJob";
      case ALERT_JOB -> "AlertJob";
      default -> member.commonName();
    };
  }
}
