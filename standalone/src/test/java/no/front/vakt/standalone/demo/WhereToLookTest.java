package no.front.vakt.standalone.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import no.front.vakt.contract.Outcome;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WhereToLookTest {
  private static final Instant START = Instant.parse("2026-11-23T12:00:00Z");

  private final Tally tally = new Tally(START, List.of("shop"));

  @Test
  void showsTheMailsAHeldMessageAndHowToReleaseIt() {
    tally.verdict(TallyTest.verdict("m 1", Outcome.HOLD, START));
    var house =
        new House(URI.create("http://127.0.0.1:8025/"), URI.create("https://localhost:8444"));
    assertThat(String.join("\n", WhereToLook.lines(house, tally)))
        .contains(
            "  http://127.0.0.1:8025/",
            """
            curl -sS --cacert keys/ca.crt -H "Authorization: Bearer $(cat keys/gateway.key)" \\
              https://localhost:8443/v1/customers/shop/verdicts/m%201""",
            """
            curl -sS --cacert keys/ca.crt -H "Authorization: Bearer $(cat keys/staff.key)" \\
              -H 'Content-Type: application/json' -d '{"decision": "release"}' \\
              https://localhost:8444/v1/customers/shop/messages/m%201/decision""");
  }

  @Test
  void withNothingHeldItShowsWhatWasStoppedAndOffersNoRelease() {
    tally.verdict(TallyTest.verdict("m", Outcome.BLOCK, START));
    assertThat(WhereToLook.lines(new House(null, URI.create("https://localhost:8444")), tally))
        .anyMatch(line -> line.endsWith("/v1/customers/shop/verdicts/m"))
        .noneMatch(line -> line.contains("decision") || line.contains("mails"));
  }

  @Test
  void aHouseWithoutThoseDoorsOffersNeither() {
    tally.verdict(TallyTest.verdict("m", Outcome.HOLD, START));
    assertThat(WhereToLook.lines(new House(null, null), tally))
        .noneMatch(line -> line.contains("decision") || line.contains("mails"));
  }

  private record House(@Nullable URI mails, @Nullable URI control) implements DemoHouse {
    @Override
    public URI door() {
      return URI.create("https://localhost:8443");
    }

    @Override
    public Path authority() {
      return Path.of("keys/ca.crt");
    }

    @Override
    public Path gatewayKey() {
      return Path.of("keys/gateway.key");
    }

    @Override
    public Map<String, String> connection() {
      return Map.of();
    }

    @Override
    public Optional<URI> mailPage() {
      return Optional.ofNullable(mails);
    }

    @Override
    public Optional<URI> controlAddress() {
      return Optional.ofNullable(control);
    }

    @Override
    public Path staffKey() {
      return Path.of("keys/staff.key");
    }

    @Override
    public boolean isStopping() {
      return false;
    }
  }
}
