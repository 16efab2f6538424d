package no.front.vakt.standalone.policyfiles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import no.front.vakt.contract.Policy;
import no.front.vakt.contract.WireJson;
import no.front.vakt.standalone.Refusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicyDirectoryTest {
  private static final String SHOP = "{\n  \"customerId\": \"shop\",\n  \"name\": \"%s\"\n}\n";

  private static final Clock NOON =
      Clock.fixed(Instant.parse("2026-03-02T12:00:00Z"), ZoneOffset.UTC);

  @TempDir Path policies;
  private final ShelfInMemory shelf = new ShelfInMemory();
  private final List<String> notices = new CopyOnWriteArrayList<>();

  @Test
  void whatIsThereAtTheStartIsKeptBeforeItReturns() throws Exception {
    write("shop.json", SHOP.formatted("The shop"));
    write("README.md", "not a policy");
    whileWatching(
        () -> {
          assertThat(shelf.inForce()).hasSize(1);
          var published = published();
          assertThat(published).hasSize(1);
          assertThat(published.get(0).name()).isEqualTo("The shop");
          assertThat(published.get(0).version()).isEqualTo(1);
        });
  }

  @Test
  void aChangeBecomesTheNextVersionAndARestartChangesNothing() throws Exception {
    write("shop.json", SHOP.formatted("one"));
    whileWatching(
        () -> {
          write("shop.json", SHOP.formatted("two"));
          await().untilAsserted(() -> assertThat(names()).containsExactly("one", "two"));
        });
    whileWatching(
        () -> {
          assertThat(published()).extracting(Policy::version).containsExactly(1L, 2L);
        });
    write("shop.json", SHOP.formatted("three"));
    whileWatching(
        () -> {
          assertThat(published()).extracting(Policy::version).containsExactly(1L, 2L, 3L);
        });
  }

  @Test
  void aRemovedFileEndsThePolicyAlsoWhenItWentWhileNobodyWatched() throws Exception {
    write("shop.json", SHOP.formatted("shop"));
    write("gym.json", "{\"customerId\": \"gym\"}");
    whileWatching(
        () -> {
          Files.delete(policies.resolve("shop.json"));
          await()
              .untilAsserted(
                  () -> assertThat(published().get(published().size() - 1).removed()).isTrue());
          assertThat(shelf.inForce()).hasSize(1);
        });
    Files.delete(policies.resolve("gym.json"));
    whileWatching(
        () -> {
          var last = published().get(published().size() - 1);
          assertThat(last.customerId()).isEqualTo("gym");
          assertThat(last.removed()).isTrue();
          assertThat(last.version()).isEqualTo(2);
          assertThat(shelf.inForce()).isEmpty();
        });
  }

  @Test
  void aMalformedFileKeepsTheLastGoodAndIsToldOfOnceWithLineAndField() throws Exception {
    write("shop.json", SHOP.formatted("good"));
    whileWatching(
        () -> {
          write("shop.json", "{\n  \"customerId\": \"shop\",\n  \"critical\": \"perhaps\"\n}\n");
          await().untilAsserted(() -> assertThat(problems()).hasSize(1));
          assertThat(problems().get(0)).contains("shop.json", "line 3", "critical");
          assertThat(names()).containsExactly("good");

          write("shop.json", SHOP.formatted("better"));
          await().untilAsserted(() -> assertThat(names()).containsExactly("good", "better"));
          assertThat(problems()).hasSize(1);
        });
  }

  @Test
  void whatTheJudgeWouldNotUnderstandIsRefusedWithEveryProblemAndItsLine() throws Exception {
    write(
        "shop.json",
        """
        {
          "customerId": "shop",
          "language": "xx",
          "rules": [
            {"id": "a", "kind": "volume-limit", "action": "BLOCK",
             "limit": "many", "windowSeconds": 60, "per": "customer"}
          ]
        }
        """);
    whileWatching(
        () -> {
          assertThat(problems()).hasSize(1);
          assertThat(problems().get(0))
              .contains("shop.json", "line 3: language", "line 6: rules[0].limit");
          assertThat(published()).isEmpty();
        });
  }

  @Test
  void aMisspeltNameIsToldWithItsLineAndTakenForNothing() throws Exception {
    write(
        "shop.json",
        """
        {
          "customerId": "shop",
          "contcats": [],
          "access": {
            "network": []
          }
        }
        """);
    whileWatching(
        () -> {
          assertThat(problems())
              .singleElement()
              .asString()
              .contains("line 3: contcats", "contacts meant", "line 5: access.network");
          assertThat(published()).isEmpty();
        });
  }

  @Test
  void aFileThatCannotBeUsedStopsNoOther() throws Exception {
    write("a.json", "{\"customerId\": \"a\", \"contacts\": [{\"name\": \"Ola\"}]}");
    write(
        "b.json",
        "{\"customerId\": \"b\", \"frozen\": {\"until\": \"+999999999-12-31T23:59:59-18:00\"}}");
    write("c.json", "{\"customerId\": \"c\", \"version\": 9223372036854775807}");
    Files.createSymbolicLink(policies.resolve("d.json"), policies.resolve("d.json"));
    write("shop.json", SHOP.formatted("good"));
    whileWatching(
        () -> {
          assertThat(names()).containsExactly("good");
          assertThat(problems()).hasSize(3);
          assertThat(problems())
              .anyMatch(p -> p.contains("a.json") && p.contains("contacts[0].email"));
          assertThat(problems()).anyMatch(p -> p.contains("b.json") && p.contains("frozen.until"));
          assertThat(problems()).anyMatch(p -> p.contains("c.json") && p.contains("version"));
        });
  }

  @Test
  void refusesADirectoryThatEverybodyMayWriteTo() throws Exception {
    Files.setPosixFilePermissions(policies, PosixFilePermissions.fromString("rwxrwxrwx"));
    assertThatThrownBy(this::watch)
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("Everybody may write");
  }

  @Test
  void whileAFileCannotBeReadNothingIsTakenBack() throws Exception {
    write("shop.json", SHOP.formatted("shop"));
    watch().close();
    write("shop.json", "{\"customerId\": \"sh");
    whileWatching(
        () -> {
          assertThat(problems()).hasSize(1);
          assertThat(problems().get(0)).contains("shop.json", "line 1");
          assertThat(shelf.inForce()).hasSize(1);
          assertThat(published()).hasSize(1);
        });
  }

  @Test
  void aPolicyThatIsTooLargeIsRefused() throws Exception {
    write("shop.json", SHOP.formatted("x".repeat(Policy.MAX_BYTES)));
    whileWatching(
        () -> {
          assertThat(problems())
              .singleElement()
              .asString()
              .contains("shop.json", "larger than 256 KiB");
          assertThat(published()).isEmpty();
        });
  }

  @Test
  void twoFilesAboutOneCustomerAreBothRefused() throws Exception {
    write("a.json", SHOP.formatted("a"));
    write("b.json", SHOP.formatted("b"));
    whileWatching(
        () -> {
          assertThat(problems())
              .singleElement()
              .asString()
              .contains("a.json", "b.json", "customer shop");
          assertThat(published()).isEmpty();
        });
  }

  @Test
  void anotherFilesChangeDoesNotTellAProblemAgain() throws Exception {
    write("a.json", SHOP.formatted("a"));
    write("b.json", SHOP.formatted("b"));
    whileWatching(
        () -> {
          write("gym.json", "{\"customerId\": \"gym\"}");
          await().untilAsserted(() -> assertThat(shelf.inForce()).containsExactly("gym"));
          write("spa.json", "{\"customerId\": \"spa\"}");
          await().untilAsserted(() -> assertThat(shelf.inForce()).containsExactly("gym", "spa"));
          assertThat(problems()).hasSize(1);
        });
  }

  @Test
  void whatSomebodyElsePutInForceStaysUntilTheFileChanges() throws Exception {
    write("shop.json", SHOP.formatted("file"));
    watch().close();
    shelf.put(WireJson.read(SHOP.formatted("theirs"), Policy.class), "kari", "by hand");
    watch().close();
    assertThat(names()).containsExactly("file", "theirs");

    write("shop.json", SHOP.formatted("file again"));
    watch().close();
    assertThat(names()).containsExactly("file", "theirs", "file again");
  }

  @Test
  void aFileThatGoesEndsNothingThatSomebodyElsePutInForce() throws Exception {
    write("shop.json", SHOP.formatted("file"));
    watch().close();
    shelf.put(WireJson.read(SHOP.formatted("theirs"), Policy.class), "kari", "by hand");
    Files.delete(policies.resolve("shop.json"));
    watch().close();
    assertThat(shelf.inForce()).containsExactly("shop");
  }

  @Test
  void aTimeAheadIsHandedOnAndAChangedOneIsNews() throws Exception {
    var later = "{\"customerId\": \"shop\", \"effectiveFrom\": \"2026-03-0%dT12:00:00.000Z\"}";
    write("shop.json", later.formatted(3));
    watch().close();
    watch().close();
    assertThat(published()).hasSize(1);
    write("shop.json", later.formatted(4));
    watch().close();
    assertThat(published())
        .extracting(Policy::effectiveFrom)
        .containsExactly(
            Instant.parse("2026-03-03T12:00:00Z"), Instant.parse("2026-03-04T12:00:00Z"));
  }

  @Test
  void aTimeThatHasPassedIsNoNews() throws Exception {
    var past = "{\"customerId\": \"shop\", \"effectiveFrom\": \"2026-03-02T11:59:59.000Z\"}";
    shelf.put(
        WireJson.read("{\"customerId\": \"shop\"}", Policy.class),
        PolicyDirectory.AUTHOR,
        "shop.json");
    write("shop.json", past);
    watch().close();
    assertThat(published()).hasSize(1);
  }

  @Test
  void aFileThatComesBackAsItWasIsKeptAnew() throws Exception {
    write("shop.json", SHOP.formatted("shop"));
    watch().close();
    Files.delete(policies.resolve("shop.json"));
    watch().close();
    write("shop.json", SHOP.formatted("shop"));
    watch().close();
    assertThat(shelf.policies()).extracting(Policy::removed).containsExactly(false, true, false);
  }

  @Test
  void whileTheRuleBookIsAwayNothingIsForgotten() throws Exception {
    write("shop.json", SHOP.formatted("one"));
    write("gym.json", "{\"customerId\": \"gym\"}");
    whileWatching(
        () -> {
          shelf.isAway = true;
          write("shop.json", SHOP.formatted("two"));
          Files.delete(policies.resolve("gym.json"));
          await().untilAsserted(() -> assertThat(notices).anyMatch(n -> n.contains("reached")));
          shelf.isAway = false;
          await()
              .untilAsserted(
                  () -> {
                    assertThat(names()).contains("two");
                    assertThat(shelf.inForce()).containsExactly("shop");
                  });
          await().untilAsserted(() -> assertThat(notices).anyMatch(n -> n.contains("is back")));
        });
  }

  @Test
  void startsWhileTheRuleBookIsAway() throws Exception {
    shelf.isAway = true;
    write("shop.json", SHOP.formatted("one"));
    whileWatching(
        () -> {
          assertThat(names()).isEmpty();
          shelf.isAway = false;
          await().untilAsserted(() -> assertThat(names()).containsExactly("one"));
        });
  }

  @Test
  void refusesADirectoryThatIsMissing() {
    assertThatThrownBy(
            () -> PolicyDirectory.watch(policies.resolve("nowhere"), shelf, NOON, notices::add))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("policies.directory");
  }

  private PolicyDirectory watch() {
    return PolicyDirectory.watch(policies, shelf, NOON, notices::add);
  }

  private interface Deed {
    void run() throws Exception;
  }

  private void whileWatching(Deed deed) throws Exception {
    var watching = watch();
    try {
      deed.run();
    } finally {
      watching.close();
    }
  }

  private void write(String name, String content) throws Exception {
    Files.writeString(policies.resolve(name), content);
  }

  private List<String> problems() {
    return notices.stream().filter(notice -> !notice.contains(" is version ")).toList();
  }

  private List<String> names() {
    return published().stream()
        .filter(policy -> !policy.removed())
        .map(policy -> String.valueOf(policy.name()))
        .toList();
  }

  private List<Policy> published() {
    return shelf.policies();
  }
}
