package no.front.vakt.verdictapi;

import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;
import no.front.vakt.contract.Answer;
import no.front.vakt.contract.SealedSubmission;

/** A broker, a fake judge and a door, and a gateway that calls it. */
public final class RunningDoor implements AutoCloseable {
  private final DoorFixture fixture;
  private final TestBroker broker;
  private final FakeJudge judge;
  private VerdictApi door;
  private Caller gateway;

  /** Starts them, the door with some settings changed. */
  public RunningDoor(Path directory, Map<String, String> changed) throws Exception {
    this(directory, changed, FakeJudge::byId);
  }

  /** The same with a judge that decides otherwise. */
  public RunningDoor(
      Path directory, Map<String, String> changed, Function<SealedSubmission, Answer> judgement)
      throws Exception {
    fixture = new DoorFixture(directory);
    broker = new TestBroker(directory.resolve("broker"));
    judge = new FakeJudge(broker.clientProperties(), judgement);
    open(changed);
  }

  private void open(Map<String, String> changed) throws Exception {
    door = VerdictApi.start(fixture.settings(broker.clientProperties(), changed));
    gateway = new Caller(door.port(), fixture.authority().client(null));
  }

  /** Closes the door and opens another in its place. */
  public void reopen() throws Exception {
    door.close();
    open(Map.of());
  }

  /** A gateway that holds the key. */
  public Caller gateway() {
    return gateway;
  }

  /** The judge. */
  public FakeJudge judge() {
    return judge;
  }

  /** The broker. */
  public TestBroker broker() {
    return broker;
  }

  /** Certificates and keys. */
  public DoorFixture fixture() {
    return fixture;
  }

  /** Where the door listens. */
  public int port() {
    return door.port();
  }

  @Override
  public void close() {
    door.close();
    judge.close();
    broker.close();
  }
}
