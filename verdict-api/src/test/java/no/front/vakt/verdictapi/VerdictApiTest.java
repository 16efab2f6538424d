package no.front.vakt.verdictapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerdictApiTest {
  @TempDir static Path directory;
  private static TestBroker broker;
  private static FakeJudge judge;
  private static VerdictApi door;
  private static Caller gateway;

  @BeforeAll
  static void open() throws Exception {
    DoorFixture fixture = new DoorFixture(directory);
    broker = new TestBroker(directory.resolve("broker"));
    judge = new FakeJudge(broker.clientProperties(), FakeJudge::byId);
    door = VerdictApi.start(fixture.settings(broker.clientProperties(), Map.of()));
    gateway = new Caller(door.port(), fixture.authority().client(null));
  }

  @AfterAll
  static void close() throws Exception {
    door.close();
    judge.close();
    broker.close();
  }

  @Test
  void allows() {
    Caller.Answered answered = gateway.post(Caller.message("acme", "allow-1"));
    System.out.println(answered.body() + answered.raw().headers());
    assertThat(answered.status()).isEqualTo(200);
  }
}
