package no.front.vakt.controlapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/** A broker, a database and a control API, and somebody on the staff who calls it. */
public final class RunningControl implements AutoCloseable {
  /** Longer than anything here takes on a slow machine. */
  public static final Duration PATIENCE = Duration.ofSeconds(60);

  private final ControlFixture fixture;
  private final TestBroker broker;
  private final TestDatabase database;
  private final PolicyTopicReader topic;
  private ControlApi api;
  private Staff staff;

  /** Starts them. */
  public RunningControl(Path directory) throws Exception {
    fixture = new ControlFixture(directory.resolve("fixture"));
    broker = new TestBroker(directory.resolve("broker"));
    database = new TestDatabase(directory.resolve("postgres")).start();
    topic = new PolicyTopicReader(broker);
    open();
    awaitReady();
  }

  /** Opens a control API in place of one that was closed, ready or not. */
  public void open() throws Exception {
    api = start();
    staff = new Staff(api.port(), fixture.authority().client(null));
  }

  /** Another one beside it. */
  public ControlApi start() {
    return ControlApi.start(fixture.settings(broker.clientProperties(), database.settings()));
  }

  /** Somebody who calls another one. */
  public Staff staffOf(ControlApi other) throws Exception {
    return new Staff(other.port(), fixture.authority().client(null));
  }

  /** Waits until it takes changes. */
  public void awaitReady() throws InterruptedException {
    assertThat(api.ruleBook().awaitReady(PATIENCE)).isTrue();
  }

  /** Closes the control API. */
  public void shut() {
    api.close();
  }

  /** The control API. */
  public ControlApi api() {
    return api;
  }

  /** Somebody with the key. */
  public Staff staff() {
    return staff;
  }

  /** The broker. */
  public TestBroker broker() {
    return broker;
  }

  /** The database. */
  public TestDatabase database() {
    return database;
  }

  /** What stands on the topic of policies. */
  public PolicyTopicReader topic() {
    return topic;
  }

  /** Certificates and keys. */
  public ControlFixture fixture() {
    return fixture;
  }

  @Override
  public void close() throws IOException {
    api.close();
    database.close();
    broker.close();
  }
}
